//! The tree: walking it, and changing it.

use mlua::AnyUserData;

use super::EcMessagePart;
use crate::api::message::content::HasContent;
use crate::api::{Call, Registry};
use crate::message::{Message, PartId, TreeError};
use crate::report::What;

type Change = fn(&mut Message, PartId, PartId) -> Result<(), TreeError>;

pub(super) fn register(api: &mut Registry) {
    api.field("thread", |call, this: &EcMessagePart| {
        let next = this.content.borrow().next(this.part);
        this.other(call, next)
    });
    api.field("parts", |call, this: &EcMessagePart| {
        let first = this.content.borrow().children(this.part).first().copied();
        this.other(call, first)
    });
    api.field("parent", |call, this: &EcMessagePart| {
        let parent = this.content.borrow().parent(this.part);
        this.other(call, parent)
    });
    api.field("next", |call, this: &EcMessagePart| {
        let beside = {
            let content = this.content.borrow();
            let siblings =
                content.parent(this.part).map(|parent| content.children(parent)).unwrap_or_default();
            siblings.into_iter().skip_while(|part| *part != this.part).nth(1)
        };
        this.other(call, beside)
    });
    api.method("addFirstChild", |call, this: &EcMessagePart, child: AnyUserData| {
        add(call, this, &child, Message::add_first_child)
    });
    api.method("addLastChild", |call, this: &EcMessagePart, child: AnyUserData| {
        add(call, this, &child, Message::add_last_child)
    });
    api.method("insertAfter", |call, this: &EcMessagePart, after: AnyUserData| {
        insert(call, this, &after, Message::insert_after)
    });
    api.method("insertBefore", |call, this: &EcMessagePart, before: AnyUserData| {
        insert(call, this, &before, Message::insert_before)
    });
    api.method("unlink", |call, this: &EcMessagePart, (): ()| unlink(call, this));
}

/// Takes this part out of the tree.
pub(in crate::api) fn unlink(call: &Call<'_>, this: &EcMessagePart) -> mlua::Result<()> {
    this.check_writable(call)?;
    let before = outline(&this.content.borrow());
    let done = this.content.borrow_mut().unlink(this.part);
    done.map_err(|error| call.raise(format!("{}: {error}", call.name())))?;
    note(call, this, before);
    Ok(())
}

/// Puts a part into this one.
pub(in crate::api) fn add(
    call: &Call<'_>,
    this: &EcMessagePart,
    child: &AnyUserData,
    change: Change,
) -> mlua::Result<bool> {
    this.check_writable(call)?;
    let child = here(call, this, child)?;
    let before = outline(&this.content.borrow());
    let done = change(&mut this.content.borrow_mut(), this.part, child);
    match done {
        Ok(()) => note(call, this, before),
        Err(error) => call.note(What::Note { text: format!("{} fails: {error}", call.name()) }),
    }
    Ok(done.is_ok())
}

/// Puts this part beside another one.
pub(in crate::api) fn insert(
    call: &Call<'_>,
    this: &EcMessagePart,
    beside: &AnyUserData,
    change: Change,
) -> mlua::Result<()> {
    this.check_writable(call)?;
    let beside = here(call, this, beside)?;
    let before = outline(&this.content.borrow());
    let done = change(&mut this.content.borrow_mut(), this.part, beside);
    done.map_err(|error| call.raise(format!("{}: {error}", call.name())))?;
    note(call, this, before);
    Ok(())
}

/// The other part, which has to be one of the same message: a copy is made of one that is not.
fn here(call: &Call<'_>, this: &EcMessagePart, other: &AnyUserData) -> mlua::Result<PartId> {
    let Ok(other) = other.borrow::<EcMessagePart>() else {
        return Err(call.crash(format!("{} was given something that is no message part", call.name())));
    };
    if other.content.is(&this.content) {
        return Ok(other.part);
    }
    let part = this.content.borrow_mut().adopt(&other.content.borrow(), other.part);
    this.content.weigh(call)?;
    Ok(part)
}

fn note(call: &Call<'_>, this: &EcMessagePart, before: String) {
    let after = outline(&this.content.borrow());
    if before != after {
        let property = "MIME tree".to_owned();
        call.note(What::Set { property, before: Some(before), after: Some(after) });
    }
}

/// The types of the parts: `multipart/mixed(text/plain, image/png)`.
fn outline(message: &Message) -> String {
    /// So many parts are named in a container.
    const MOST: usize = 8;
    fn of(message: &Message, part: PartId, depth: usize, out: &mut String) {
        let name = message.content_type(part).mimetype;
        out.push_str(name.as_deref().unwrap_or("text/plain"));
        let children = message.children(part);
        let Some(deeper) = depth.checked_sub(1).filter(|_| !children.is_empty()) else { return };
        out.push('(');
        for (number, child) in children.iter().enumerate() {
            if number > 0 {
                out.push_str(", ");
            }
            if number == MOST {
                out.push('…');
                break;
            }
            of(message, *child, deeper, out);
        }
        out.push(')');
    }
    let mut out = String::new();
    of(message, message.top(), 4, &mut out);
    out
}
