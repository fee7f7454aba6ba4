//! A client that speaks to the real binary over real pipes.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};

/// Longer than any answer takes; reached only when something hangs.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Client {
    server: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// What it writes to its standard error, shown where a test fails.
    errors: Option<JoinHandle<String>>,
    /// Notifications and requests of the server that nobody waited for yet.
    pub waiting: VecDeque<Value>,
    next: i64,
    /// What requests of the server are answered with, by method; `null` where nothing stands here.
    pub replies: HashMap<String, Value>,
}

impl Client {
    /// Starts a server in `folder` without a handshake.
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, &[])
    }

    /// The same with variables of the environment.
    pub fn start_with(folder: &Path, variables: &[(&str, &str)]) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_momentum-lua"))
            .envs(variables.iter().copied())
            .args(["lsp", "--stdio"])
            .current_dir(folder)
            // Nothing is written beside the build.
            .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = server.stderr.take().unwrap();
        let errors = std::thread::spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        let (sender, messages) = channel();
        let mut output = BufReader::new(server.stdout.take().unwrap());
        std::thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = server.stdin.take();
        Self {
            server,
            input,
            messages,
            errors: Some(errors),
            waiting: VecDeque::new(),
            next: 1,
            replies: HashMap::new(),
        }
    }

    /// Starts a server that has `folder` open, for a client with these capabilities.
    pub fn open_folder(folder: &Path, capabilities: Value) -> Self {
        let mut client = Self::start(folder);
        client.initialize(folder, capabilities);
        client
    }

    /// The handshake of a client with these capabilities that has `folder` open.
    #[allow(clippy::needless_pass_by_value, reason = "capabilities are written where they are handed over")]
    pub fn initialize(&mut self, folder: &Path, capabilities: Value) {
        let folders = json!([{ "uri": uri(folder), "name": "policy" }]);
        self.request(
            "initialize",
            json!({ "processId": null, "rootUri": uri(folder), "workspaceFolders": folders, "capabilities": capabilities }),
        );
        self.notify("initialized", json!({}));
    }

    pub fn send(&mut self, message: &Value) {
        self.send_raw(message.to_string().as_bytes());
    }

    pub fn send_raw(&mut self, body: &[u8]) {
        let header = format!("Content-Length: {}\r\n\r\n", body.len());
        self.send_bytes(&[header.as_bytes(), body].concat());
    }

    /// Sends what may be no message at all.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    /// The next answer to nothing that could be read.
    pub fn complaint(&mut self) -> Value {
        self.wait(|message| message.get("error").is_some() && message["id"].is_null())["error"].take()
    }

    pub fn notify(&mut self, method: &str, parameters: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// Sends a request and gives its id.
    pub fn ask(&mut self, method: &str, parameters: Value) -> i64 {
        let id = self.next;
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        id
    }

    /// The whole answer to a request; what comes before it waits, requests of the server are answered with `null`.
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The result of a request.
    pub fn request(&mut self, method: &str, parameters: Value) -> Value {
        let id = self.ask(method, parameters);
        let mut answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].take()
    }

    /// The next notification of that method that fits.
    pub fn notification(&mut self, method: &str, fits: impl Fn(&Value) -> bool) -> Value {
        self.wait(|message| message["method"] == method && fits(&message["params"]))["params"].take()
    }

    /// The next request of the server of that method; it was answered with `null`.
    pub fn server_request(&mut self, method: &str) -> Value {
        self.wait(|message| message["method"] == method && message.get("id").is_some())
    }

    /// The server's process.
    pub fn pid(&self) -> u32 {
        self.server.id()
    }

    /// The diagnostics that are published next for a file.
    pub fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let mut found =
            self.notification("textDocument/publishDiagnostics", |published| published["uri"] == uri);
        serde_json::from_value(found["diagnostics"].take()).unwrap()
    }

    fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(index) = self.waiting.iter().position(&fits) {
            return self.waiting.remove(index).unwrap();
        }
        loop {
            let message = self.messages.recv_timeout(PATIENCE).expect("the server answers");
            if message.get("method").is_some() && message.get("id").is_some() {
                let reply = message["method"].as_str().and_then(|method| self.replies.get(method));
                let result = reply.cloned().unwrap_or_default();
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
            }
            if fits(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "lua", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn replace(&mut self, uri: &str, version: i32, text: &str) {
        self.change(uri, version, json!([{ "text": text }]));
    }

    pub fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// Closes the pipe to the server, as an editor that dies does.
    pub fn hang_up(&mut self) {
        self.input = None;
    }

    /// The exit status once the server ends.
    pub fn exit_status(&mut self) -> Option<i32> {
        for _ in 0..600 {
            if let Some(status) = self.server.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the server does not end");
    }

    /// What the server wrote to its standard error until it ended, once.
    pub fn errors(&mut self) -> String {
        self.exit_status();
        self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        if std::thread::panicking()
            && let Some(Ok(errors)) = self.errors.take().map(JoinHandle::join)
        {
            eprintln!("{errors}");
        }
    }
}

pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end() {
            "" => break,
            header => {
                if let Some(value) = header.strip_prefix("Content-Length: ") {
                    length = value.parse().ok()?;
                }
            }
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
