//! `xml`: documents that scripts read, search and change.

mod element;
mod flat;
mod methods;
mod read;
mod tree;
mod write;

use std::cell::Cell;
use std::rc::Rc;

use mlua::{AnyUserData, Lua, LuaString, MultiValue, Value};

use super::{Call, Class, Frame, Registry};
use crate::machine;
use crate::report::What;
use crate::xpath;
use tree::{Node, NodeRef};

/// A document. Its nodes keep it alive here; in the server they do not.
#[derive(Clone, Debug)]
pub(super) struct XmlDocument(NodeRef);

impl Class for XmlDocument {
    const NAME: &'static str = "xml_document";
}

/// A node.
#[derive(Debug)]
pub(super) struct XmlNode {
    node: NodeRef,
    /// `node:free` was called on this very value.
    is_broken: Cell<bool>,
    /// What it was in when it was handed out stays alive with it.
    _top: NodeRef,
}

impl Class for XmlNode {
    const NAME: &'static str = "xml_node";
}

impl XmlNode {
    /// Hands a node to the script.
    fn hand_out(call: &Call<'_>, node: NodeRef) -> mlua::Result<AnyUserData> {
        Self::made(call.lua(), call.frame(), node)
    }

    fn made(lua: &Lua, frame: &Rc<Frame>, node: NodeRef) -> mlua::Result<AnyUserData> {
        let (top, depth) = node.top();
        machine::charge(lua, depth)?;
        frame.object(lua, Self { node, is_broken: Cell::new(false), _top: top })
    }
}

/// The element that a text holds, as hooks get it from the server, or why the text is not well-formed.
///
/// # Errors
/// What ends the run.
pub fn element_of(lua: &Lua, frame: &Rc<Frame>, text: &str) -> mlua::Result<Result<AnyUserData, String>> {
    let root = read::document(lua, text.as_bytes(), false)?.and_then(|document| {
        let root = document.children().into_iter().find(|child| child.is_element());
        root.ok_or_else(|| "there is no element in it".to_owned())
    });
    // Who hands out nodes has loaded the module; scripts need not.
    frame.loaded.borrow_mut().insert("xml".to_owned());
    match root {
        Ok(root) => XmlNode::made(lua, frame, root).map(Ok),
        Err(reason) => Ok(Err(reason)),
    }
}

pub(super) fn register(api: &mut Registry) {
    api.function("xml.parsexml", |call, (text, blanks): (LuaString, Option<f64>)| {
        let text = text.as_bytes();
        machine::charge(call.lua(), 4 * text.len() as u64)?;
        let keeps = blanks.is_some_and(|blanks| blanks != 0.0);
        match read::document(call.lua(), &text, keeps)? {
            Ok(document) => call.object(XmlDocument(document)).map(Some),
            Err(reason) => {
                call.note(What::Note { text: format!("xml.parsexml gives nil: {reason}") });
                Ok(None)
            }
        }
    });
    api.function("xml.newnode", |call, (name, namespace): (LuaString, Option<AnyUserData>)| {
        let node = Node::element(call.lua(), &name.to_string_lossy())?;
        if let Some(namespace) = namespace {
            node.set_namespace(element::namespace(call, &namespace)?);
        }
        XmlNode::hand_out(call, node)
    });
    api.method("root", |call, this: &XmlDocument, surplus: MultiValue| {
        expects_none(call, &surplus)?;
        let root = this.0.children().into_iter().find(|child| child.is_element());
        root.map(|root| XmlNode::hand_out(call, root)).transpose()
    });
    api.method("xpath", find);
    api.method("tostring", |call, this: &XmlDocument, surplus: MultiValue| {
        expects_none(call, &surplus)?;
        written(call, &this.0)
    });
    api.meta("__tostring", |call, this: &XmlDocument, (): ()| written(call, &this.0));
    methods::register(api);
    element::register(api);
}

/// The document that a text is; none for a text that is no XML.
pub(super) fn parsed(call: &Call<'_>, text: &[u8]) -> mlua::Result<Option<AnyUserData>> {
    machine::charge(call.lua(), 4 * text.len() as u64)?;
    match read::document(call.lua(), text, false)? {
        Ok(document) => call.object(XmlDocument(document)).map(Some),
        Err(reason) => {
            call.note(What::Note { text: format!("{}: {reason}", call.name()) });
            Ok(None)
        }
    }
}

/// The text of a document.
pub(super) fn text_of(call: &Call<'_>, document: &AnyUserData) -> mlua::Result<Vec<u8>> {
    let document = document.borrow::<XmlDocument>();
    let document = document
        .map_err(|_| call.crash(format!("{} was given something that is no xml_document", call.name())))?;
    written(call, &document.0).map(|text| text.as_bytes().to_vec())
}

/// Raises for arguments that a method of documents, or `tostring`, does not take.
fn expects_none(call: &Call<'_>, surplus: &MultiValue) -> mlua::Result<()> {
    match surplus.len() {
        0 => Ok(()),
        count => Err(call.raise(format!("expects no arguments, got {count}"))),
    }
}

/// A node among the arguments.
fn node_of(call: &Call<'_>, place: usize, value: &Value) -> mlua::Result<NodeRef> {
    if let Value::UserData(data) = value
        && let Ok(node) = data.borrow::<XmlNode>()
        && !node.is_broken.get()
    {
        return node.get(call).cloned();
    }
    let (member, got) = (call.member(), value.type_name());
    Err(call.raise(format!("bad argument #{place} to '{member}' (libxml2:xmlNodePtr expected, got {got})")))
}

/// The text of a node; one that is nested too deeply raises.
fn written(call: &Call<'_>, node: &NodeRef) -> mlua::Result<LuaString> {
    match write::text(call.lua(), node)? {
        Some(text) => call.lua().create_string(text),
        None => Err(call.raise("the XML is nested too deeply to be written")),
    }
}

/// Gives the nodes that an expression finds, one by one; none for one that is wrong.
fn find(call: &Call<'_>, this: &XmlDocument, arguments: MultiValue) -> mlua::Result<mlua::Function> {
    if !(1..=2).contains(&arguments.len()) {
        // C counts the document as well.
        return Err(call.raise(format!("expects 1 or 2 arguments, got {}", arguments.len() + 1)));
    }
    let context = arguments.get(1).map(|node| node_of(call, 2, node)).transpose()?;
    let query = call.lua().coerce_string(arguments.front().cloned().unwrap_or(Value::Nil))?;
    let Some(query) = query else { return Err(call.raise("no xpath expression provided")) };
    let flat = flat::lay_out(call.lua(), &this.0)?;
    let from = match &context {
        None => 0,
        Some(node) => match flat.place_of(node) {
            Some(place) => place,
            None => return Err(call.crash("doc:xpath was given a node of another document")),
        },
    };
    let query = query.to_string_lossy();
    machine::charge(call.lua(), 10 * query.len() as u64)?;
    let lua = call.lua();
    let found = xpath::parse(&query).map_err(xpath::Failure::Wrong).and_then(|expression| {
        expression.select(&flat.nodes, from, &mut |nodes| machine::charge(lua, nodes))
    });
    let found = match found {
        Ok(found) => found,
        Err(xpath::Failure::Stopped(error)) => return Err(error),
        Err(xpath::Failure::Wrong(why)) => {
            let text = format!("doc:xpath finds nothing with `{query}`: {why}");
            call.note(crate::report::What::Note { text });
            Vec::new()
        }
    };
    let mut nodes = Vec::new();
    for place in found {
        nodes.extend(flat.node(lua, place)?);
    }
    one_by_one(call, nodes)
}

/// A function that gives nodes one by one, then nil.
fn one_by_one(call: &Call<'_>, nodes: Vec<NodeRef>) -> mlua::Result<mlua::Function> {
    let rest = std::cell::RefCell::new(nodes.into_iter());
    call.function(move |call, _: MultiValue| {
        let next = rest.borrow_mut().next();
        next.map(|node| XmlNode::hand_out(call, node)).transpose()
    })
}

#[cfg(test)]
mod tests {
    use mlua::FromLuaMulti;

    use crate::api::tested::state;

    /// What a chunk returns that has the module as a local.
    fn eval<R: FromLuaMulti>(chunk: &str) -> R {
        state().eval(&format!("local xml = require('xml')\n{chunk}"))
    }

    #[test]
    fn a_document_is_read_changed_and_written() {
        let said: String = eval(
            "local doc = xml.parsexml([[<doc></doc>]])\n local node = doc:root()\n\
             local child = node:addchild('item')\n child:contents('I am a child node.')\n\
             return tostring(node:doc())",
        );
        assert_eq!(
            said,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<doc>\n  <item>I am a child node.</item>\n</doc>\n"
        );
    }

    #[test]
    fn the_declared_encoding_is_undone_and_what_is_wrong_is_told() {
        let state = state();
        let said: String = state.eval(
            "local xml = require('xml')
             local function text(t) local doc = xml.parsexml(t) return doc and doc:root():contents() or 'nil' end
             return text('<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>\\252</a>') .. text('\\239\\187\\191<a>b</a>')
               .. text('<a>\\252</a>') .. text('<?xml version=\"1.0\" encoding=\"klingon\"?><a/>') .. text('<a>')",
        );
        assert_eq!(said, "übnilnilnil");
        let report = state.report();
        for reason in
            ["its bytes are not UTF-8", "`klingon` is not known", "xml.parsexml gives nil: the root node"]
        {
            assert!(report.contains(reason), "{reason}: {report}");
        }
    }

    #[test]
    fn nodes_tell_their_names_texts_and_attributes() {
        let said: String = eval(
            "local root = xml.parsexml('<a x=\"1\" y=\"&lt;\">t<b>u&amp;v</b><![CDATA[<w>]]></a>'):root()\n\
             local names = {}\n for child in root:children() do names[#names + 1] = child:name() .. '=' .. child:contents() end\n\
             root:attribute('x', 7)\n root:attr('y', nil)\n root:attr('z', 'q\"')\n\
             return root:contents() .. ' ' .. table.concat(names, ',') .. ' ' .. root:attribute('x') .. tostring(root:attr('y')) .. ' ' .. root:tostring()",
        );
        assert_eq!(
            said,
            "tu&v<w> text=t,b=u&v,text=<w> 7nil <a x=\"7\" z=\"q&quot;\">t<b>u&amp;v</b><![CDATA[<w>]]></a>"
        );
    }

    #[test]
    fn white_space_between_elements_stays_on_demand() {
        let said: String = eval(
            "local text = '<a>\\n <b/>\\n</a>'\n\
             local function count(doc) local n = 0 for c in doc:root():children() do n = n + 1 end return n end\n\
             return count(xml.parsexml(text)) .. count(xml.parsexml(text, 0)) .. count(xml.parsexml(text, 1))",
        );
        assert_eq!(said, "113");
        let error = state().error("require('xml')\n xml.parsexml('<a/>', true)");
        assert!(error.contains("number expected, got boolean"), "{error}");
    }

    #[test]
    fn what_is_not_well_formed_is_nil() {
        let said: String = eval(
            "local out = {}\n\
             for _, t in ipairs({ '', '<a>', '<a></b>', '<a b></a>', '\\255<a/>', ('<a>'):rep(500) .. ('</a>'):rep(500) }) do out[#out + 1] = tostring(xml.parsexml(t)) end\n\
             return table.concat(out, ' ')",
        );
        assert_eq!(said, "nil nil nil nil nil nil");
    }

    #[test]
    fn xpath_finds_nodes() {
        let state = state();
        let said: String = state.eval(
            "local xml = require('xml')\n\
             local doc = xml.parsexml('<l><i id=\"1\">a</i><i id=\"2\">b</i><g><i>c</i></g></l>')\n\
             local function all(q, ...) local out = {} for n in doc:xpath(q, ...) do out[#out + 1] = n:name() .. ':' .. n:contents() end return table.concat(out, ' ') end\n\
             local g for n in doc:xpath('//g') do g = n end\n\
             return all('//i') .. '|' .. all(\"//i[@id = '2']\") .. '|' .. all('i', g) .. '|' .. all('//@id') .. '|' .. all('i[') .. '|' .. all('count(//i)')",
        );
        assert_eq!(said, "i:a i:b i:c|i:b|i:c|id:1 id:2||");
        assert!(state.report().contains("finds nothing with `i[`"), "{}", state.report());
        let error = state.error(
            "local xml = require('xml')\n local a, b = xml.parsexml('<a/>'), xml.parsexml('<b/>')\n a:xpath('*', b:root())",
        );
        assert!(error.contains("would crash the server"), "{error}");
    }

    #[test]
    fn nodes_move_between_documents() {
        let said: String = eval(
            "local a, b = xml.parsexml('<a><x>1</x></a>'), xml.parsexml('<b/>')\n\
             local x for n in a:xpath('//x') do x = n end\n\
             local copy = x:copy()\n b:root():addchild(x:unlink())\n b:root():addchild(copy):attr('c', '1')\n b:root():addchild(xml.newnode('n'))\n\
             return a:root():tostring() .. (b:root():tostring():gsub('%s+', ' '))",
        );
        assert_eq!(said, "<a/><b> <x>1</x> <x c=\"1\">1</x> <n/> </b>");
        let error = state().error(
            "local xml = require('xml')\n local r = xml.parsexml('<a><b/></a>'):root()\n for b in r:children() do b:addchild(r) end",
        );
        assert!(error.contains("cannot be put into itself"), "{error}");
    }

    #[test]
    fn namespaces_are_declared_and_used() {
        let said: String = eval(
            "local root = xml.parsexml('<a xmlns:p=\"urn:p\" p:k=\"v\"/>'):root()\n\
             local ns = root:newns('urn:q', 'q')\n root:setns(ns)\n root:attrns(ns, 'm', '1')\n\
             return root:attrns('k', 'urn:p') .. root:attrns('m', 'urn:q') .. tostring(root:attrns('k')) .. root:tostring()",
        );
        assert_eq!(said, "v1nil<q:a xmlns:p=\"urn:p\" xmlns:q=\"urn:q\" p:k=\"v\" q:m=\"1\"/>");
    }

    #[test]
    fn a_freed_node_raises_and_what_else_leads_to_it_would_crash() {
        let said: String = eval(
            "local n = xml.newnode('a')\n n:free()\n\
             local _, of_self = pcall(n.name, n)\n\
             local _, of_argument = pcall(function() xml.newnode('b'):addchild(n) end)\n\
             return of_self .. '|' .. of_argument",
        );
        let wanted = "calling 'name' on bad self (libxml2:xmlNodePtr expected, got userdata)";
        assert!(said.contains(wanted), "{said}");
        assert!(said.contains("bad argument #1 to 'addchild' (libxml2:xmlNodePtr expected"), "{said}");
        let error = state().error(
            "local root = require('xml').parsexml('<a><b/></a>'):root()\n local one, other\n\
             for n in root:children() do one = n end\n for n in root:children() do other = n end\n one:free()\n other:name()",
        );
        assert!(error.contains("would crash the server"), "{error}");
    }

    #[test]
    fn surplus_arguments_raise() {
        let state = state();
        for (call, part) in [
            ("doc:tostring(1)", "expects no arguments, got 1"),
            ("doc:root(1, 2)", "expects no arguments, got 2"),
            ("root:tostring(1)", "expects no arguments, got 1"),
            ("doc:xpath({})", "no xpath expression provided"),
            ("doc:xpath('a', root, 1)", "expects 1 or 2 arguments, got 4"),
            ("doc:xpath('a', nil)", "bad argument #2 to 'xpath' (libxml2:xmlNodePtr expected, got nil)"),
            ("root:name('b')", "must be called with no arguments"),
            ("root:copy(true)", "must be called with no arguments"),
            ("root:contents('a', 'b')", "must be called with no arguments"),
            ("root:contents(nil)", "bad argument #1 to 'contents' (string expected, got nil)"),
            ("root:attr('a', 'b', 'c')", "must be called with one argument"),
            ("root:attrns('a', 'b', 'c', 'd')", "invalid number of parameters"),
        ] {
            let error = state.error(&format!(
                "local doc = require('xml').parsexml('<a/>')\n local root = doc:root()\n {call}"
            ));
            assert!(error.contains(part), "{call}: {error}");
        }
    }

    #[test]
    fn hostile_documents_end() {
        let error = state().error(
            "local xml = require('xml')\n local root = xml.parsexml('<a/>'):root()\n\
             for i = 1, 400 do root = root:addchild('deeper') end\n root:doc():tostring()",
        );
        assert!(error.contains("nested too deeply"), "{error}");
        let error = state().error(
            "local xml = require('xml')\n local doc = xml.parsexml('<a>' .. ('<b/>'):rep(3000) .. '</a>')\n\
             doc:xpath('//b[following::b[following::b[following::b]]]')",
        );
        assert!(error.contains("stopped"), "{error}");
        let laughs: String = state().eval(
            "local lol = '<!DOCTYPE l [<!ENTITY a \"ha\">' \n for i = 0, 12 do lol = lol .. '<!ENTITY ' .. string.char(98 + i) .. ' \"' .. ('&' .. string.char(97 + i) .. ';'):rep(10) .. '\">' end\n\
             return tostring(require('xml').parsexml(lol .. ']><l>&n;</l>'))",
        );
        assert_eq!(laughs, "nil");
    }
}
