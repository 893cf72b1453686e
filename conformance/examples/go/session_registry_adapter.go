// The adapter of session_registry.go: the registry's words as calls, and what comes of them as words again.
package main

type adapter struct {
	registry *registry
	guards   map[string]*guard
	say      func(Word)
}

func (adapter *adapter) aborted(guard *guard) {
	for name, other := range adapter.guards {
		if other == guard {
			adapter.say(Word{"_tag": "Aborted", "guard": name, "valid": guard.isValid()})
		}
	}
}

// take gives up a name of a guard.
func (adapter *adapter) take(name string) *guard {
	taken := adapter.guards[name]
	delete(adapter.guards, name)
	return taken
}

// Input gives one input to the registry.
func (adapter *adapter) Input(given Word) (err error) {
	text := func(field string) string { found, _ := given[field].(string); return found }
	guard, needsGuard := adapter.guards[text("guard")], text("guard") != "" && given["_tag"] != "Enter"
	if needsGuard && guard == nil {
		return refused("bad-args", "there is no guard %s", text("guard"))
	}
	switch given["_tag"] {
	case "Create":
		adapter.registry.create(text("session"))
	case "Enter":
		if guard, err = adapter.registry.enter(text("session")); err == nil {
			adapter.guards[text("guard")] = guard
		}
	case "Check":
		err = guard.check()
	case "Copy":
		adapter.guards[text("copy")] = guard.copied()
	case "Move":
		adapter.guards[text("to")] = adapter.take(text("guard")).moved()
	case "Release":
		adapter.take(text("guard")).release()
	case "Subscribe":
		err = guard.onAbort(adapter.aborted)
	case "CloseAllExcept":
		keep := map[string]bool{}
		names, _ := given["keep"].([]any)
		for _, name := range names {
			keep[name.(string)] = true
		}
		adapter.registry.closeAllExcept(keep)
	case "Drain":
		adapter.registry.drain(func() { adapter.say(Word{"_tag": "Drained", "drain": given["drain"]}) })
	default:
		return refused("bad-args", "there is no input %v", given["_tag"])
	}
	if err != nil {
		adapter.say(Word{"_tag": "Refused", "reason": err.Error()})
	} else {
		adapter.say(Word{"_tag": "Done"})
	}
	return nil
}

func main() {
	serve(Role{Name: "sessions/registry", Implementation: "session_registry.go", Seed: true, Start: func(say func(Word)) Implementation {
		return &adapter{newRegistry(), map[string]*guard{}, say}
	}})
}
