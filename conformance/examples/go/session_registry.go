// The sessions of one shard: who may enter, and who has to leave before a barrier may pass.
//
// Work that may have effects enters a session and holds a guard while it runs. Closing a session lets nobody in any more and tells
// everybody inside to stop, but it forces nobody out: a drain waits until the last guard is released.
//
// Everything happens at once, in the goroutine that calls; a shard has one registry and one owner. A drain ends by a call.
//
// Source: scylladb service/session.{hh,cc}; the rules are the dossier's, sessions.md 2.3 and 2.4.
package main

import "errors"

// defaultSession is that of work that nothing fences. It is always open.
const defaultSession = "default"

// What the registry refuses, by its reason.
var (
	errSessionNotFound = errors.New("SessionNotFound")
	errGateClosed      = errors.New("GateClosed")
	errAbortRequested  = errors.New("AbortRequested")
)

type session struct {
	id            string
	closing       bool
	abortAsked    bool
	guards        int
	subscriptions []*subscription
}

// hasPassed says whether nobody is inside, and nobody can be any more.
func (session *session) hasPassed() bool { return session.closing && session.guards == 0 }

// subscription is a call that somebody asked for under a guard. It follows the guard when that is moved, and ends with it.
type subscription struct {
	guard *guard
	call  func(*guard)
}

// guard proves that work was admitted to a session, which cannot be drained until the guard is released.
type guard struct {
	registry *registry
	session  *session
}

// isValid says whether the work may go on.
func (guard *guard) isValid() bool { return !guard.session.closing }

// check is an error once the session is closing. The guard stays: the work may not be over yet.
func (guard *guard) check() error {
	if !guard.isValid() {
		return errAbortRequested
	}
	return nil
}

// copied is one more guard for the same session, also when that is closing: whoever has a guard is inside.
func (guard *guard) copied() *guard {
	guard.session.guards++
	copied := *guard
	return &copied
}

// moved hands everything over to a new guard, subscriptions included, and leaves this one empty.
func (guard *guard) moved() *guard {
	moved := *guard
	for _, subscription := range guard.session.subscriptions {
		if subscription.guard == guard {
			subscription.guard = &moved
		}
	}
	guard.session = nil
	return &moved
}

// onAbort asks to be called when the session begins to close. It is an error where the call would never come.
func (guard *guard) onAbort(call func(*guard)) error {
	if guard.session.abortAsked {
		return errAbortRequested
	}
	guard.session.subscriptions = append(guard.session.subscriptions, &subscription{guard, call})
	return nil
}

// release lets go. It may be called again, or on a guard that was moved, and then does nothing.
func (guard *guard) release() {
	left := guard.session
	if left == nil {
		return
	}
	guard.session = nil
	kept := left.subscriptions[:0]
	for _, subscription := range left.subscriptions {
		if subscription.guard != guard {
			kept = append(kept, subscription)
		}
	}
	left.subscriptions = kept
	left.guards--
	guard.registry.goOn()
}

// drain is one call to drain: what it still waits for, once its turn has come, and whom it tells at the end.
type drain struct {
	hasBegun bool
	left     []*session
	done     func()
}

// registry has its sessions in the order in which they were created.
type registry struct {
	sessions []*session
	// closing are those that begin to close, in that order, and drains those that wait for their turn behind the first.
	closing []*session
	drains  []*drain
}

func newRegistry() *registry {
	registry := &registry{}
	registry.create(defaultSession)
	return registry
}

func (registry *registry) find(id string) *session {
	for _, session := range registry.sessions {
		if session.id == id {
			return session
		}
	}
	return nil
}

// create registers a session, open. What is registered already stays as it is, closing or not.
func (registry *registry) create(id string) {
	if registry.find(id) == nil {
		registry.sessions = append(registry.sessions, &session{id: id})
	}
}

// enter admits work to a session.
func (registry *registry) enter(id string) (*guard, error) {
	session := registry.find(id)
	switch {
	case session == nil:
		return nil, errSessionNotFound
	case session.closing:
		return nil, errGateClosed
	}
	session.guards++
	return &guard{registry, session}, nil
}

// closeAllExcept starts closing every session but these and the default one, whose work is nobody's to stop.
func (registry *registry) closeAllExcept(keep map[string]bool) {
	for _, session := range append([]*session{}, registry.sessions...) {
		if session.id == defaultSession || keep[session.id] || session.abortAsked {
			continue
		}
		registry.closing = append(registry.closing, session)
		session.abortAsked = true
		// Those inside are told in the order in which they asked; their guards are valid until all were told.
		for len(session.subscriptions) > 0 {
			first := session.subscriptions[0]
			session.subscriptions = session.subscriptions[1:]
			first.call(first.guard)
		}
		session.closing = true
		registry.goOn()
	}
}

// drain calls done when every session that is closing by then has no guards and is forgotten. One drain at a time: each takes its
// list when its turn comes, and leaves what begins to close later to the next.
func (registry *registry) drain(done func()) {
	registry.drains = append(registry.drains, &drain{done: done})
	registry.goOn()
}

// goOn forgets the sessions on the first drain's list one by one, up to one that somebody is in.
func (registry *registry) goOn() {
	for len(registry.drains) > 0 {
		first := registry.drains[0]
		if !first.hasBegun {
			first.hasBegun, first.left = true, append([]*session{}, registry.closing...)
		}
		for len(first.left) > 0 && first.left[len(first.left)-1].hasPassed() {
			last := len(first.left) - 1
			registry.forget(first.left[last])
			first.left = first.left[:last]
		}
		if len(first.left) > 0 {
			return
		}
		registry.drains = registry.drains[1:]
		first.done()
	}
}

func (registry *registry) forget(gone *session) {
	registry.closing = without(registry.closing, gone)
	registry.sessions = without(registry.sessions, gone)
}

func without(sessions []*session, gone *session) []*session {
	left := []*session{}
	for _, session := range sessions {
		if session != gone {
			left = append(left, session)
		}
	}
	return left
}
