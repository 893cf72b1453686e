//! The kit's frames over stdin and stdout, one JSON object a line: what every adapter in Rust has in common.

use crate::json::Json;
use std::io::{BufRead, Read, Write};

const LONGEST_LINE: usize = 1 << 20;

/// One life of an implementation, behind its adapter. A fresh one is its default.
pub trait Implementation: Default {
    /// Gives one input. Whatever comes of it is pushed to the outputs.
    fn input(&mut self, given: &Json, outputs: &mut Vec<Json>) -> Result<(), Refused>;

    /// What may be observed, by the one name in the role; `None` once the implementation is dead.
    fn observe(&self) -> Option<Json> {
        None
    }
}

/// What is played here, and by whom.
pub struct Role {
    pub name: &'static str,
    pub implementation: &'static str,
    /// What may be observed, if anything.
    pub observes: Option<&'static str>,
    /// Promises that the same inputs always lead to the same outputs.
    pub seed: bool,
}

/// What the kit is told instead of outputs: one of its error codes, and a sentence.
pub struct Refused(Json);

impl Refused {
    pub fn new(code: &str, message: &str) -> Refused {
        Refused(Json::object(vec![("code", Json::text(code)), ("message", Json::text(message))]))
    }
}

/// The kit is told what is not implemented yet, and the log says which input it was.
pub fn missing(tag: &str) -> Refused {
    eprintln!("{tag} is not implemented yet");
    Refused::new("unsupported", &format!("{tag} is not implemented yet"))
}

/// Answers frames until the kit says goodbye or goes away.
pub fn serve<A: Implementation>(role: &Role) -> std::io::Result<()> {
    let mut server: Server<A> = Server { role, alive: None };
    let mut lines = std::io::stdin().lock();
    let mut answers = std::io::stdout().lock();
    while let Some(line) = next_line(&mut lines)? {
        let frame = frame_in(line);
        if frame.text_of("op") == "bye" {
            break;
        }
        let said = match server.answer(&frame) {
            Ok(ok) => ("ok", ok),
            Err(Refused(err)) => ("err", err),
        };
        writeln!(answers, "{}", Json::object(vec![("id", frame.get("id").clone()), said]))?;
        answers.flush()?;
    }
    Ok(())
}

/// The next line. One that is too long is empty instead, and takes no more memory than the longest that is allowed.
fn next_line(lines: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let most = LONGEST_LINE as u64 + 2;
    if lines.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    let mut is_whole = line.ends_with(b"\n") || line.len() <= LONGEST_LINE;
    if !is_whole {
        line.clear();
    }
    while !is_whole {
        let mut rest = Vec::new();
        is_whole = lines.by_ref().take(most).read_until(b'\n', &mut rest)? == 0 || rest.ends_with(b"\n");
    }
    while line.ends_with(b"\n") || line.ends_with(b"\r") {
        line.pop();
    }
    Ok(Some(if line.len() > LONGEST_LINE { Vec::new() } else { line }))
}

/// A line as a frame: without operation where it is none, and with id 0 where nobody can know its id.
fn frame_in(line: Vec<u8>) -> Json {
    let frame = String::from_utf8(line).ok().and_then(|text| Json::read(&text)).unwrap_or(Json::Null);
    match frame.get("id") {
        Json::Number(id) if id.fract() == 0.0 => frame,
        _ => Json::object(vec![("id", Json::Number(0.0))]),
    }
}

struct Server<'a, A> {
    role: &'a Role,
    alive: Option<A>,
}

impl<A: Implementation> Server<'_, A> {
    fn answer(&mut self, frame: &Json) -> Result<Json, Refused> {
        match (frame.get("op"), self.role.observes) {
            (Json::Text(op), observes) => match (op.as_str(), observes) {
                ("hello", _) => self.hello(frame.get("protocol")),
                ("start", _) => self.start(frame).map(|()| Json::object(vec![])),
                ("input", _) => Ok(Json::object(vec![("outputs", self.input(frame.get("input"))?)])),
                ("inputs", _) => self.inputs(frame),
                ("observe", Some(_)) => match self.state() {
                    Json::Null => Err(Refused::new("not-ready", "nobody is there to be seen")),
                    state => Ok(Json::object(vec![("state", state)])),
                },
                _ => Err(Refused::new("unsupported", &format!("there is no operation {op}"))),
            },
            _ => Err(Refused::new("malformed", "it is no frame")),
        }
    }

    fn hello(&self, offered: &Json) -> Result<Json, Refused> {
        // The lowest and the highest minor version that the kit speaks.
        let lowest = match offered.get("minor") {
            Json::List(minor) => minor.first(),
            _ => return Err(Refused::new("bad-args", "there is no protocol")),
        };
        if offered.get("major") != &Json::Number(1.0) || lowest != Some(&Json::Number(0.0)) {
            return Err(Refused::new("version", "version 1.0 is spoken here"));
        }
        let observed: Vec<Json> = self.role.observes.iter().map(|name| Json::text(name)).collect();
        let mut ops = vec![Json::text("inputs")];
        ops.extend(self.role.observes.iter().map(|_| Json::text("observe")));
        let mut caps = vec![("ops", Json::List(ops)), ("batch", Json::Bool(true)), ("reset", Json::text("soft"))];
        caps.extend([("seed", Json::Bool(self.role.seed)), ("observe", Json::List(observed))]);
        let name = ("name", Json::text(self.role.implementation));
        let iut = vec![name, ("version", Json::text("1.0")), ("language", Json::text("rust"))];
        Ok(Json::object(vec![
            ("protocol", Json::object(vec![("major", Json::Number(1.0)), ("minor", Json::Number(0.0))])),
            ("iut", Json::object(iut)),
            ("roles", Json::List(vec![Json::text(self.role.name)])),
            ("caps", Json::object(caps)),
        ]))
    }

    fn start(&mut self, how: &Json) -> Result<(), Refused> {
        match how.get("role") {
            Json::Text(role) if role == self.role.name => {
                self.alive = Some(A::default());
                Ok(())
            }
            Json::Text(_) => Err(Refused::new("unsupported", "this role is not played here")),
            _ => Err(Refused::new("bad-args", "there is no role")),
        }
    }

    fn input(&mut self, given: &Json) -> Result<Json, Refused> {
        if !matches!(given.get("_tag"), Json::Text(_)) {
            return Err(Refused::new("bad-args", "there is no input with a _tag"));
        }
        let alive = self.alive.as_mut().ok_or_else(|| Refused::new("not-ready", "nobody is there to take it"))?;
        let mut outputs = Vec::new();
        alive.input(given, &mut outputs)?;
        if self.role.observes.is_some() && alive.observe().is_none() {
            self.alive = None;
        }
        Ok(Json::List(outputs))
    }

    /// A whole sequence after a start of its own. It ends with the implementation.
    fn inputs(&mut self, frame: &Json) -> Result<Json, Refused> {
        let sequence = match (frame.get("start"), frame.get("inputs")) {
            (Json::Object(_), Json::List(sequence)) => sequence,
            _ => return Err(Refused::new("bad-args", "there is no start, or there are no inputs")),
        };
        self.start(frame.get("start"))?;
        let (mut outputs, mut states) = (Vec::new(), Vec::new());
        for given in sequence {
            if self.alive.is_none() {
                break;
            }
            outputs.push(self.input(given)?);
            states.push(self.state());
        }
        let mut ok = vec![("outputs", Json::List(outputs))];
        if self.role.observes.is_some() {
            ok.push(("states", Json::List(states)));
        }
        Ok(Json::object(ok))
    }

    /// What may be observed; null where nobody is alive to show it.
    fn state(&self) -> Json {
        match (self.role.observes, self.alive.as_ref().and_then(|alive| alive.observe())) {
            (Some(name), Some(value)) => Json::object(vec![(name, value)]),
            _ => Json::Null,
        }
    }
}
