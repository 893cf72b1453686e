//! The session registry of one shard: who is let in, who is still inside, and when a drain is over.
//!
//! Guards are what Rust makes of them: cloning one is a copy, moving one is a move, and dropping one releases it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// The session of work that nothing fences: always open.
pub const DEFAULT_SESSION: &str = "default";

/// Why the registry refuses.
#[derive(Clone, Copy, Debug)]
pub enum Refusal {
    SessionNotFound,
    GateClosed,
    AbortRequested,
}

/// Whoever wants to be told that a session begins to close, with what the guard says at that moment.
type Subscriber = Box<dyn FnOnce(Result<(), Refusal>)>;

struct Session {
    name: String,
    closing: Cell<bool>,
    /// Guards inside. While there is one, the session stays registered.
    inside: Cell<usize>,
    /// Who is to be told, each under the number of the guard that it was made with.
    subscribers: RefCell<Vec<(u64, Subscriber)>>,
}

impl Session {
    fn check(&self) -> Result<(), Refusal> {
        if self.closing.get() { Err(Refusal::AbortRequested) } else { Ok(()) }
    }
}

struct Drain {
    /// What was closing when its turn came. Whatever began to close last is waited for first.
    waiting_for: Vec<Rc<Session>>,
    over: Box<dyn FnOnce()>,
}

#[derive(Default)]
struct Shard {
    /// In the order in which they were created.
    sessions: RefCell<Vec<Rc<Session>>>,
    /// Those of them that are closing, in the order in which they began to.
    closing: RefCell<Vec<Rc<Session>>>,
    /// The drain that is going on. The others wait for their turn, and have no list yet.
    current: RefCell<Option<Drain>>,
    queued: RefCell<VecDeque<Box<dyn FnOnce()>>>,
    guards_so_far: Cell<u64>,
}

impl Shard {
    /// Goes on with the drains as far as nobody is in their way.
    fn go_on(&self) {
        while self.take_turn() {
            let mut current = self.current.borrow_mut();
            let drain = current.as_mut().expect("it is somebody's turn");
            while let Some(session) = drain.waiting_for.last().filter(|session| session.inside.get() == 0) {
                self.sessions.borrow_mut().retain(|other| !Rc::ptr_eq(other, session));
                self.closing.borrow_mut().retain(|other| !Rc::ptr_eq(other, session));
                drain.waiting_for.pop();
            }
            if !drain.waiting_for.is_empty() {
                return;
            }
            let over = current.take().expect("it is somebody's turn").over;
            drop(current);
            over();
        }
    }

    /// Whether a drain is going on, be it that it begins now.
    fn take_turn(&self) -> bool {
        let mut current = self.current.borrow_mut();
        if current.is_none() {
            let next = self.queued.borrow_mut().pop_front();
            *current = next.map(|over| Drain { waiting_for: self.closing.borrow().clone(), over });
        }
        current.is_some()
    }
}

/// A live token that proves admission to a session.
pub struct Guard {
    number: u64,
    session: Rc<Session>,
    shard: Rc<Shard>,
}

impl Guard {
    fn new(session: &Rc<Session>, shard: &Rc<Shard>) -> Guard {
        session.inside.set(session.inside.get() + 1);
        shard.guards_so_far.set(shard.guards_so_far.get() + 1);
        Guard { number: shard.guards_so_far.get(), session: session.clone(), shard: shard.clone() }
    }

    /// Which guard it is, wherever it is moved.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Refused from when the session began to close.
    pub fn check(&self) -> Result<(), Refusal> {
        self.session.check()
    }

    /// Has somebody called once the session begins to close, unless the guard is released before.
    pub fn subscribe(&self, subscriber: impl FnOnce(Result<(), Refusal>) + 'static) -> Result<(), Refusal> {
        self.check()?;
        self.session.subscribers.borrow_mut().push((self.number, Box::new(subscriber)));
        Ok(())
    }
}

impl Clone for Guard {
    /// A guard is counted by itself, in a closing session as well.
    fn clone(&self) -> Guard {
        Guard::new(&self.session, &self.shard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.session.subscribers.borrow_mut().retain(|(number, _)| *number != self.number);
        self.session.inside.set(self.session.inside.get() - 1);
        self.shard.go_on();
    }
}

pub struct Registry(Rc<Shard>);

impl Default for Registry {
    fn default() -> Registry {
        let registry = Registry(Rc::default());
        registry.create(DEFAULT_SESSION);
        registry
    }
}

impl Registry {
    /// Registers a session, open. Nothing happens to one that is registered, even if it is closing.
    pub fn create(&self, name: &str) {
        if self.find(name).is_none() {
            self.0.sessions.borrow_mut().push(Rc::new(Session {
                name: name.to_string(),
                closing: Cell::new(false),
                inside: Cell::new(0),
                subscribers: RefCell::default(),
            }));
        }
    }

    /// Makes a name a live guard, while the session is open.
    pub fn enter(&self, name: &str) -> Result<Guard, Refusal> {
        let session = self.find(name).ok_or(Refusal::SessionNotFound)?;
        if session.closing.get() {
            return Err(Refusal::GateClosed);
        }
        Ok(Guard::new(&session, &self.0))
    }

    /// Begins to close every session but these and the default one. Subscribers are called while their guards are valid.
    pub fn close_all_except(&self, keep: &[&str]) {
        let sessions = self.0.sessions.borrow().clone();
        for session in sessions.iter().filter(|session| !session.closing.get()) {
            if session.name != DEFAULT_SESSION && !keep.contains(&session.name.as_str()) {
                for (_, subscriber) in session.subscribers.take() {
                    subscriber(session.check());
                }
                session.closing.set(true);
                self.0.closing.borrow_mut().push(session.clone());
            }
        }
    }

    /// Waits until nobody is inside a closing session, forgets those sessions, and calls.
    pub fn drain(&self, over: impl FnOnce() + 'static) {
        self.0.queued.borrow_mut().push_back(Box::new(over));
        self.0.go_on();
    }

    fn find(&self, name: &str) -> Option<Rc<Session>> {
        self.0.sessions.borrow().iter().find(|session| session.name == name).cloned()
    }
}
