//! From `initialize` to `exit`, and clients that do not keep to it.

use serde_json::json;

use crate::client::Client;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn shutdown_and_exit_end_it_while_the_pipe_is_open() {
    let folder = folder();
    let mut client = Client::open_folder(folder.path(), json!({}));
    assert!(client.request("shutdown", json!(null)).is_null());
    client.notify("exit", json!(null));
    assert_eq!(client.exit_status(), Some(0));
}

#[test]
fn shutdown_takes_whatever_clients_send_with_it() {
    for parameters in [json!(null), json!({}), json!([])] {
        let folder = folder();
        let mut client = Client::open_folder(folder.path(), json!({}));
        assert_eq!(client.request("shutdown", parameters.clone()), json!(null), "{parameters}");
        client.notify("exit", parameters);
        assert_eq!(client.exit_status(), Some(0));
    }
}

#[test]
fn exit_without_shutdown_is_an_error() {
    let folder = folder();
    let mut client = Client::open_folder(folder.path(), json!({}));
    client.notify("exit", json!(null));
    assert_eq!(client.exit_status(), Some(1));
}

#[test]
fn a_client_that_disappears_takes_the_server_along() {
    let folder = folder();
    let mut client = Client::open_folder(folder.path(), json!({}));
    client.hang_up();
    assert_eq!(client.exit_status(), Some(1));
}

#[test]
fn errors_have_the_codes_of_the_protocol() {
    let folder = folder();
    let mut client = Client::start(folder.path());
    let early = client.ask("textDocument/hover", json!({}));
    assert_eq!(client.answer(early)["error"]["code"], -32002);
    client.request("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    client.notify("initialized", json!({}));
    let unknown = client.ask("momentum/nothing", json!({}));
    assert_eq!(client.answer(unknown)["error"]["code"], -32601);
    let wrong = client.ask("textDocument/hover", json!({ "textDocument": 7 }));
    assert_eq!(client.answer(wrong)["error"]["code"], -32602);
    client.request("shutdown", json!(null));
    let late = client.ask("textDocument/hover", json!({}));
    assert_eq!(client.answer(late)["error"]["code"], -32600);
}

#[test]
fn positions_are_counted_as_the_client_prefers() {
    for (offered, chosen) in
        [(json!(["utf-16"]), "utf-16"), (json!(["utf-16", "utf-8"]), "utf-8"), (json!(["utf-32"]), "utf-32")]
    {
        let folder = folder();
        let mut client = Client::start(folder.path());
        let capabilities = json!({ "general": { "positionEncodings": offered } });
        let answer = client.request("initialize", json!({ "processId": null, "capabilities": capabilities }));
        assert_eq!(answer["capabilities"]["positionEncoding"], chosen);
    }
}
