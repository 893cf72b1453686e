//! The adapter of session_registry.rs: the registry's words as calls, and what comes of them as words again.

#[allow(dead_code)]
mod frames;
#[allow(dead_code)]
mod json;
mod session_registry;

use frames::{serve, Implementation, Refused, Role};
use json::Json;
use session_registry::{Guard, Registry};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

#[derive(Default)]
struct Adapter {
    registry: Registry,
    /// The live guards, by what the kit calls them now.
    guards: HashMap<String, Guard>,
    /// Who was called because of an input: guards by their numbers, with what they said, and drains.
    aborted: Rc<RefCell<Vec<(u64, bool)>>>,
    drained: Rc<RefCell<Vec<Json>>>,
}

fn word(tag: &str, fields: &[(&str, Json)]) -> Json {
    Json::object([&[("_tag", Json::text(tag))], fields].concat())
}

impl Adapter {
    fn guard(&self, name: &str) -> Result<&Guard, Refused> {
        self.guards.get(name).ok_or_else(|| Refused::new("bad-args", &format!("there is no guard {name}")))
    }

    /// Gives up a name of a guard.
    fn take(&mut self, name: &str) -> Result<Guard, Refused> {
        self.guard(name)?;
        Ok(self.guards.remove(name).expect("it was just there"))
    }
}

impl Implementation for Adapter {
    fn input(&mut self, given: &Json, outputs: &mut Vec<Json>) -> Result<(), Refused> {
        let text = |field| given.text_of(field);
        let mut live: Option<(&str, Guard)> = None;
        let came = match text("_tag") {
            "Create" => Ok(self.registry.create(text("session"))),
            "Enter" => self.registry.enter(text("session")).map(|guard| live = Some((text("guard"), guard))),
            "Check" => self.guard(text("guard"))?.check(),
            "Copy" => Ok(live = Some((text("copy"), self.guard(text("guard"))?.clone()))),
            "Move" => Ok(live = Some((text("to"), self.take(text("guard"))?))),
            "Release" => Ok(drop(self.take(text("guard"))?)),
            "Subscribe" => {
                let (guard, aborted) = (self.guard(text("guard"))?, self.aborted.clone());
                let number = guard.number();
                guard.subscribe(move |check| aborted.borrow_mut().push((number, check.is_ok())))
            }
            "CloseAllExcept" => Ok(self.registry.close_all_except(&given.texts_of("keep"))),
            "Drain" => {
                let (drain, drained) = (given.get("drain").clone(), self.drained.clone());
                Ok(self.registry.drain(move || drained.borrow_mut().push(drain)))
            }
            tag => return Err(Refused::new("bad-args", &format!("there is no input {tag}"))),
        };
        self.guards.extend(live.map(|(name, guard)| (name.to_string(), guard)));
        outputs.push(match came {
            Ok(()) => word("Done", &[]),
            Err(refusal) => word("Refused", &[("reason", Json::text(&format!("{refusal:?}")))]),
        });
        for (number, valid) in self.aborted.take() {
            let (name, _) = self.guards.iter().find(|(_, guard)| guard.number() == number).expect("a live guard");
            outputs.push(word("Aborted", &[("guard", Json::text(name)), ("valid", Json::Bool(valid))]));
        }
        outputs.extend(self.drained.take().into_iter().map(|drain| word("Drained", &[("drain", drain)])));
        Ok(())
    }
}

fn main() -> std::io::Result<()> {
    serve::<Adapter>(&Role { name: "sessions/registry", implementation: "session_registry.rs", observes: None, seed: true })
}
