// The kit's frames over stdin and stdout, one JSON object a line: what every adapter in Go has in common.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"unicode/utf8"
)

const longestLine = 1 << 20
const deepest = 64

// Word is an input or an output.
type Word map[string]any

// Implementation is one life of an implementation, behind its adapter.
type Implementation interface {
	// Input gives one input. An error that is none of refused's is a defect of the adapter.
	Input(given Word) error
}

// Observable is an implementation whose state may be observed, by the one name in its Role.
type Observable interface {
	// Observe is nil once the implementation is dead.
	Observe() any
}

// Role is what is played here, and by whom.
type Role struct {
	Name           string
	Implementation string
	// Observes is what may be observed; nothing where it is empty.
	Observes string
	// Seed promises that the same inputs always lead to the same outputs.
	Seed bool
	// Start makes a fresh implementation, which puts out words by saying them.
	Start func(say func(Word)) Implementation
}

// refusal is what the kit is told instead of outputs.
type refusal struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (refusal refusal) Error() string { return refusal.Code + ": " + refusal.Message }

func refused(code, format string, about ...any) error {
	return refusal{code, fmt.Sprintf(format, about...)}
}

// missing tells the kit what is not implemented yet, and the log which input it was.
func missing(tag any) error {
	fmt.Fprintln(os.Stderr, tag, "is not implemented yet")
	return refused("unsupported", "%v is not implemented yet", tag)
}

type start struct {
	Role *string `json:"role"`
}

type frame struct {
	ID *int64  `json:"id"`
	Op *string `json:"op"`
	start
	Protocol *struct {
		Major int   `json:"major"`
		Minor []int `json:"minor"`
	} `json:"protocol"`
	Start  *start  `json:"start"`
	Input  Word    `json:"input"`
	Inputs *[]Word `json:"inputs"`
}

type server struct {
	role    Role
	alive   Implementation
	outputs []Word
}

// serve answers frames until the kit says goodbye or goes away.
func serve(role Role) {
	server := &server{role: role}
	lines := bufio.NewReaderSize(os.Stdin, longestLine+2)
	answers := json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	for {
		line, over := nextLine(lines)
		if over {
			return
		}
		id, asked, err := read(line)
		var ok any
		if err == nil {
			if *asked.Op == "bye" {
				return
			}
			ok, err = server.answer(asked)
		}
		answer := Word{"id": id, "ok": ok}
		if err != nil {
			why, known := err.(refusal)
			if !known {
				why = refusal{"internal", err.Error()}
			}
			answer = Word{"id": id, "err": why}
		}
		if answers.Encode(answer) != nil {
			return
		}
	}
}

// nextLine is empty where a line is too long, which takes no more memory than the longest that is allowed.
func nextLine(lines *bufio.Reader) (line []byte, over bool) {
	line, err := lines.ReadSlice('\n')
	for err == bufio.ErrBufferFull {
		line = nil
		_, err = lines.ReadSlice('\n')
		if err == nil {
			return nil, false
		}
	}
	if line = bytes.TrimRight(line, "\r\n"); len(line) > longestLine {
		return nil, false
	}
	return line, err == io.EOF && len(line) == 0
}

// read reads a line as a frame. Where it is none, the id is 0 unless it can be known.
func read(line []byte) (id int64, asked frame, err error) {
	var whole struct {
		ID *int64  `json:"id"`
		Op *string `json:"op"`
	}
	if !utf8.Valid(line) || depth(line) > deepest || !bytes.HasPrefix(bytes.TrimLeft(line, " \t\r"), []byte("{")) {
		return 0, asked, refused("malformed", "it is no object of a line")
	}
	wrong := json.Unmarshal(line, &whole)
	if whole.ID != nil {
		id = *whole.ID
	}
	if wrong != nil || whole.ID == nil || whole.Op == nil {
		return id, asked, refused("malformed", "it is no frame")
	}
	if err := json.Unmarshal(line, &asked); err != nil {
		return id, asked, refused("bad-args", "%v", err)
	}
	return id, asked, nil
}

// depth is how deep arrays and objects are nested in a text, whether or not it is JSON.
func depth(line []byte) (most int) {
	now, inText := 0, false
	for at := 0; at < len(line); at++ {
		switch c := line[at]; {
		case c == '"':
			inText = !inText
		case inText && c == '\\':
			at++
		case !inText && (c == '[' || c == '{'):
			if now++; now > most {
				most = now
			}
		case !inText && (c == ']' || c == '}'):
			now--
		}
	}
	return most
}

func (server *server) answer(asked frame) (any, error) {
	_, observes := server.alive.(Observable)
	switch op := *asked.Op; {
	case op == "hello":
		return server.hello(asked)
	case op == "start":
		return Word{}, server.start(asked.start)
	case op == "input":
		return server.input(asked.Input)
	case op == "inputs":
		return server.inputs(asked)
	case op == "observe" && server.role.Observes != "":
		if !observes {
			return nil, refused("not-ready", "nobody is there to be seen")
		}
		return Word{"state": server.state()}, nil
	default:
		return nil, refused("unsupported", "there is no operation %s", op)
	}
}

func (server *server) hello(asked frame) (any, error) {
	if asked.Protocol == nil || len(asked.Protocol.Minor) != 2 {
		return nil, refused("bad-args", "there is no protocol")
	}
	// The lowest and the highest minor version that the kit speaks.
	if asked.Protocol.Major != 1 || asked.Protocol.Minor[0] != 0 {
		return nil, refused("version", "version 1.0 is spoken here")
	}
	caps := Word{"ops": []string{"inputs"}, "batch": true, "reset": "soft", "seed": server.role.Seed}
	if server.role.Observes != "" {
		caps["ops"], caps["observe"] = []string{"inputs", "observe"}, []string{server.role.Observes}
	}
	return Word{
		"protocol": Word{"major": 1, "minor": 0},
		"iut":      Word{"name": server.role.Implementation, "version": "1.0", "language": "go"},
		"roles":    []string{server.role.Name},
		"caps":     caps,
	}, nil
}

func (server *server) start(how start) error {
	if how.Role == nil {
		return refused("bad-args", "there is no role")
	}
	if *how.Role != server.role.Name {
		return refused("unsupported", "only %s is played here", server.role.Name)
	}
	server.outputs = []Word{}
	server.alive = server.role.Start(func(output Word) { server.outputs = append(server.outputs, output) })
	return nil
}

func (server *server) input(given Word) (any, error) {
	if _, named := given["_tag"].(string); !named {
		return nil, refused("bad-args", "there is no input with a _tag")
	}
	if server.alive == nil {
		return nil, refused("not-ready", "nobody is there to take it")
	}
	server.outputs = []Word{}
	if err := server.alive.Input(given); err != nil {
		return nil, err
	}
	if server.role.Observes != "" && server.alive.(Observable).Observe() == nil {
		server.alive = nil
	}
	return Word{"outputs": server.outputs}, nil
}

// inputs is a whole sequence after a start of its own. It ends with the implementation.
func (server *server) inputs(asked frame) (any, error) {
	if asked.Start == nil || asked.Inputs == nil {
		return nil, refused("bad-args", "there is no start, or there are no inputs")
	}
	if err := server.start(*asked.Start); err != nil {
		return nil, err
	}
	outputs, states := [][]Word{}, []any{}
	for _, given := range *asked.Inputs {
		if server.alive == nil {
			break
		}
		if _, err := server.input(given); err != nil {
			return nil, err
		}
		outputs, states = append(outputs, server.outputs), append(states, server.state())
	}
	if server.role.Observes == "" {
		return Word{"outputs": outputs}, nil
	}
	return Word{"outputs": outputs, "states": states}, nil
}

// state is what may be observed, or nil where nobody is alive to show it.
func (server *server) state() any {
	if seen, observes := server.alive.(Observable); observes {
		return Word{server.role.Observes: seen.Observe()}
	}
	return nil
}
