//! `msys.audit`: what clients did lately. The run itself counts, on its clock; what was before it, the session says.

use std::net::IpAddr;

use mlua::{LuaString, Table, Value};

use super::audit_series::{block_of, range_of};
use super::clock::Clock;
use super::config::Settings;
use super::{Call, Frame, Registry, accept};
use crate::machine;
use crate::network::Block;
use crate::session::Audited;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// A client connects.
    Connection,
    /// A message is received.
    Reception,
    /// Something is refused.
    Rejection,
}

/// What clients did in this run.
#[derive(Default)]
pub struct Audit {
    /// When, who, what.
    seen: Vec<(f64, IpAddr, Activity)>,
}

impl Audit {
    /// Counts something that a client does now.
    pub fn count(frame: &Frame, client: IpAddr, activity: Activity) {
        let now = Clock::now(frame);
        frame.part::<Self>().borrow_mut().seen.push((now, client, activity));
    }
}

pub(super) fn register(api: &mut Registry) {
    api.function("msys.audit.connections", |call, args| sum(call, args, Activity::Connection));
    api.function("msys.audit.connection", |call, args| sum(call, args, Activity::Connection));
    api.function("msys.audit.receptions", |call, args| sum(call, args, Activity::Reception));
    api.function("msys.audit.rejections", |call, args| sum(call, args, Activity::Rejection));
    api.function("msys.audit.inbound_session_count", |call, (cidr, service): (String, String)| {
        let connection = &call.session().connection;
        accept::count_open(call, &connection.open_connections, connection.client.ip, &cidr, &service)
    });
}

/// A monitor: seconds that a window lasts, and how many windows there are.
fn monitor(call: &Call<'_>, name: &str) -> mlua::Result<(f64, u64)> {
    let frame = call.frame();
    let listed = Settings::words(frame, &["inbound_audit", "monitors"]);
    let is_configured = match &listed {
        Some(monitors) => monitors.iter().any(|one| one == name),
        // Without any configuration nobody knows.
        None => !Settings::is_known(frame),
    };
    if !is_configured {
        let why = if listed.is_some() || Settings::has_scope(frame, "inbound_audit") {
            format!("`{name}` is no monitor of inbound_audit")
        } else {
            "the module inbound_audit is not configured".to_owned()
        };
        return Err(call.raise(format!("{}: {why}", call.name())));
    }
    let parsed = name.split_once(',').and_then(|(seconds, windows)| {
        let seconds = seconds.trim().parse::<u32>().ok().filter(|seconds| *seconds > 0)?;
        Some((f64::from(seconds), windows.trim().parse().ok()?))
    });
    parsed.ok_or_else(|| {
        call.raise(format!("{}: `{name}` is no monitor: it is called as in \"60,1\"", call.name()))
    })
}

fn sum(call: &Call<'_>, (name, options): (LuaString, Value), activity: Activity) -> mlua::Result<u64> {
    let name = name.to_string_lossy();
    let (seconds, windows) = monitor(call, &name)?;
    let table: Option<&Table> = options.as_table();
    let (start, end) = range_of(table)?;
    let cidr = match (&options, table) {
        (_, Some(table)) => table.get::<Option<String>>("cidr")?,
        (Value::Nil, _) => None,
        (other, _) => call.lua().coerce_string(other.clone())?.map(|cidr| cidr.to_string_lossy()),
    };
    let client = call.session().connection.client.ip;
    let block = match cidr.as_deref() {
        None => Block::of(client),
        Some(cidr) => block_of(cidr, client)
            .ok_or_else(|| call.raise(format!("{}: `{cidr}` is no address", call.name())))?,
    };
    let window_of = |time: f64| (time / seconds) as u64;
    let now = window_of(Clock::now(call.frame()));
    // The current window and as many before it as the monitor has.
    let asked = |window: u64| {
        let age = now.saturating_sub(window);
        age >= start && age <= end.min(windows)
    };
    let audit = call.part::<Audit>();
    let audit = audit.borrow();
    machine::charge(call.lua(), audit.seen.len() as u64)?;
    let here = audit
        .seen
        .iter()
        .filter(|(time, who, what)| *what == activity && block.contains(*who) && asked(window_of(*time)));
    let begin = window_of(call.session().clock.seconds());
    let before = call.session().audit.iter().filter(|one| {
        one.monitor.as_deref().is_none_or(|monitor| monitor == name)
            && block.contains(one.client.map_or(client, |client| client.ip))
            && asked(begin.saturating_sub(one.window))
    });
    let before: u64 = before.map(|one| count_of(one, activity)).sum();
    Ok(before + here.count() as u64)
}

fn count_of(one: &Audited, activity: Activity) -> u64 {
    match activity {
        Activity::Connection => one.connections,
        Activity::Reception => one.receptions,
        Activity::Rejection => one.rejections,
    }
}

#[cfg(test)]
mod tests {
    use super::{Activity, Audit};
    use crate::api::clock::Clock;
    use crate::api::tested::{State, state_of};

    fn with(session: &str) -> State {
        state_of(session, &["msys.audit"])
    }

    #[test]
    fn the_run_counts_and_the_session_says_what_was_before() {
        let state = with(
            "[connection]\nclient = \"198.51.100.7\"\nopen_connections = { \"/32\" = 3 }\n\
             [[audit]]\nconnections = 5\nrejections = 2\n\
             [[audit]]\nmonitor = \"60,5\"\nwindow = 2\nconnections = 100\n\
             [[audit]]\nclient = \"198.51.100.9\"\nreceptions = 9\n",
        );
        let client = state.frame.session().connection.client.ip;
        Audit::count(&state.frame, client, Activity::Connection);
        let said: String = state.eval(
            "local a = msys.audit\n\
             return a.connections('60,5') .. ' ' .. a.connections('60,5', { startv = 0, endv = 5 }) .. ' ' .. a.connections('300,1') .. ' ' .. a.rejections('60,5') .. ' ' .. a.receptions('60,5') .. ' ' .. a.receptions('60,5', '/24') .. ' ' .. a.receptions('60,5', { cidr = '198.51.100.9' }) .. ' ' .. a.inbound_session_count('198.51.100.7', 'SMTP')",
        );
        assert_eq!(said, "6 106 6 2 0 9 9 3");
        Clock::advance(&state.frame, 180.0);
        let later: String = state.eval(
            "return msys.audit.connections('60,5') .. ' ' .. msys.audit.connections('60,5', { startv = 3, endv = 3 })",
        );
        assert_eq!(later, "0 6");
    }

    #[test]
    fn a_monitor_has_to_be_configured() {
        let state = with("[configuration.inbound_audit]\nmonitors = [\"300,6\"]\n");
        assert_eq!(state.eval::<u64>("return msys.audit.connections('300,6')"), 0);
        let error = state.error("msys.audit.connections('60,1')");
        assert!(error.contains("`60,1` is no monitor of inbound_audit"), "{error}");
        let error = with("[configuration]\nhostname = \"x\"\n").error("msys.audit.connections('60,1')");
        assert!(error.contains("inbound_audit is not configured"), "{error}");
        let error = with("").error("msys.audit.connections('often')");
        assert!(error.contains("`often` is no monitor"), "{error}");
        let error = with("").error("msys.audit.connections(nil)");
        assert!(error.contains("would crash the server"), "{error}");
    }
}
