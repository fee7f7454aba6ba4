#![allow(clippy::indexing_slicing, reason = "all of it is tests")]

use std::path::Path;

use bytes::Bytes;
use proptest::prelude::*;

use super::transfer::TransferEncoding;
use super::*;

const MIXED: &str = "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\npreamble\r\n--b 1\r\n\
    Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
    Content-Transfer-Encoding: quoted-printable\r\n\r\nf=FCr\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>hi</p>\r\n--b--\r\n\
    \r\n--b 1  \r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninner text\r\n--b 1\r\n\
    Content-Disposition: attachment; filename=\"=?utf-8?q?=C3=BC?=.txt\"\r\n\
    Content-Transfer-Encoding: base64\r\n\r\naGk=\r\n--b 1--\r\nepilogue\r\n";

fn message(text: &str) -> Message {
    Message::from_bytes(Bytes::copy_from_slice(text.as_bytes()))
}

fn types(message: &Message) -> Vec<String> {
    message.parts().map(|part| message.content_type(part).mimetype.unwrap_or_default()).collect()
}

fn written(message: &Message) -> String {
    String::from_utf8(message.to_bytes().to_vec()).unwrap()
}

#[test]
fn what_is_not_changed_stays_byte_for_byte() {
    for source in [
        &b""[..],
        b"\r\n",
        b"From: a\r\n\r\nhello\r\n",
        b"From: a\nhello: \xff\n\n\x00\xff\r\r\n",
        b" leading\r\nno field\r\n",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\n--x--",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x--\r\n--x\r\n",
        MIXED.as_bytes(),
    ] {
        assert_eq!(&Message::from_bytes(source).to_bytes()[..], source);
    }
}

#[test]
fn the_messages_of_the_examples_stay_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/messages");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let message = Message::from_bytes(bytes.clone());
        assert!(message.to_bytes() == bytes, "{}", path.display());
        count += 1;
    }
    assert!(count >= 15, "{count}");
}

#[test]
fn parts_are_found_in_reading_order() {
    let message = message(MIXED);
    assert_eq!(
        types(&message),
        ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "message/rfc822", "", ""]
    );
    let in_order: Vec<PartId> = message.parts().collect();
    let mut thread = vec![message.top()];
    while let Some(next) = message.next(thread[thread.len() - 1]) {
        thread.push(next);
    }
    assert_eq!(thread, in_order);
    assert_eq!(message.part_text(in_order[2]).as_deref(), Some("für"));
    assert_eq!(message.part_text(in_order[6]).as_deref(), Some("hi"));
    assert_eq!(message.content_type(in_order[6]).filename.as_deref(), Some("ü.txt"));
    assert_eq!(message.content_type(in_order[6]).disposition.as_deref(), Some("attachment"));
    assert_eq!(message.header_values(b"from"), [b"a@example.com"]);
    assert_eq!(message.part_header_values(in_order[5], b"Subject"), [b"inner"]);
    assert_eq!(message.text_parts(None).len(), 3, "the attached message's text is not ours");
    assert_eq!(message.text_parts(Some("text/html")), [in_order[3]]);
    assert_eq!(message.part_text(in_order[0]), None);
}

#[test]
fn a_changed_text_leaves_all_else_alone() {
    let mut message = message(MIXED);
    let parts: Vec<PartId> = message.parts().collect();
    message.edit_part_text(parts[2], "für dich");
    assert_eq!(written(&message), MIXED.replace("f=FCr", "f=FCr dich"));
    message.edit_part_text(parts[3], "<p>größer</p>");
    let text = written(&message);
    assert!(text.contains("<p>gr=C3=B6=C3=9Fer</p>\r\n--b--"), "{text}");
    assert!(text.contains("Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>"), "{text}");
    message.edit_part_text(parts[2], "日本");
    assert_eq!(message.part_text(parts[2]).as_deref(), Some("日本"));
    assert_eq!(message.content_type(parts[2]).charset.as_deref(), Some("utf-8"));
}

#[test]
fn parts_are_taken_out_and_put_in() {
    let mut message = message(MIXED);
    let parts: Vec<PartId> = message.parts().collect();
    message.unlink(parts[4]).unwrap();
    assert_eq!(message.parent(parts[4]), None);
    let new = message.make_part(b"text/plain", &b"new"[..], TransferEncoding::SevenBit);
    message.add_first_child(message.top(), new).unwrap();
    message.insert_after(parts[2], parts[6]).unwrap();
    let again = Message::from_bytes(message.to_bytes());
    assert_eq!(
        types(&again),
        ["multipart/mixed", "text/plain", "multipart/alternative", "text/html", "", "text/plain"]
    );
    assert_eq!(types(&again), types(&message));
    assert!(written(&message).starts_with("From: a@example.com\r\nContent-Type: multipart/mixed"));
    assert!(written(&message).contains("preamble\r\n--b 1\r\nContent-Type: text/plain\r\n"));
    assert!(written(&message).ends_with("\r\n--b 1--\r\nepilogue\r\n"));
}

#[test]
fn the_tree_cannot_become_something_else() {
    let mut message = message(MIXED);
    let parts: Vec<PartId> = message.parts().collect();
    let before = message.to_bytes();
    assert_eq!(message.unlink(message.top()), Err(TreeError::Top));
    assert_eq!(message.add_last_child(parts[2], parts[6]), Err(TreeError::NoContainer));
    assert_eq!(message.add_last_child(parts[1], parts[1]), Err(TreeError::Circle));
    assert_eq!(message.insert_before(parts[1], parts[2]), Err(TreeError::Circle));
    assert_eq!(message.insert_before(parts[2], message.top()), Err(TreeError::NoPlace));
    assert_eq!(message.unlink(parts[5]), Err(TreeError::NoPlace));
    let mut at = message.top();
    let mut depth = 0;
    loop {
        let inner = message.make_container(b"multipart/mixed", format!("deep{depth}").as_bytes());
        if message.add_last_child(at, inner).is_err() {
            break;
        }
        at = inner;
        depth += 1;
        assert!(depth <= DEEPEST);
    }
    assert!(depth > 40, "{depth}");
    assert_ne!(message.to_bytes(), before);
}

#[test]
fn a_new_text_replaces_the_body_and_its_headers() {
    let mut message = message(MIXED);
    message.set_part_text(message.top(), "schön\r\n", Some("text/html"), Some("iso-8859-1"));
    assert_eq!(
        written(&message),
        "From: a@example.com\r\nContent-Type: text/html; charset=iso-8859-1\r\n\
         Content-Transfer-Encoding: quoted-printable\r\nMIME-Version: 1.0\r\n\r\nsch=F6n\r\n"
    );
    assert_eq!(types(&message), ["text/html"]);
}

#[test]
fn a_header_is_encoded_and_decoded() {
    let mut message = message("Subject: =?iso-8859-1?q?f=FCr?=\r\n\r\n");
    assert_eq!(message.header_values(b"subject"), ["für".as_bytes()]);
    message.set_header(b"Subject", ["größer".as_bytes()], HeaderMode::Replace);
    assert!(written(&message).is_ascii());
    assert_eq!(message.header_values(b"subject"), ["größer".as_bytes()]);
}

#[test]
fn a_message_is_built_of_texts_and_attachments() {
    let headers = [(b"To".to_vec(), b"a@example.com".to_vec())];
    let texts = vec![
        ("text/html".to_owned(), "<p>größer</p>".as_bytes().to_vec()),
        ("text/plain; charset=utf-8".to_owned(), "größer".as_bytes().to_vec()),
    ];
    let attachments = vec![
        Attachment {
            mimetype: Some("text/csv".to_owned()),
            name: Some("./liste.csv".to_owned()),
            headers: Some(b"X-Kind: list\r\nX-Two: 2".to_vec()),
            content: Attached::Text(b"a,b\r\n".to_vec()),
        },
        Attachment {
            mimetype: None,
            name: None,
            headers: None,
            content: Attached::Message(Bytes::from_static(MIXED.as_bytes())),
        },
    ];
    let built = Message::build(&headers, texts, attachments, 1);
    assert_eq!(
        types(&built)[..7],
        [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "text/html",
            "text/csv",
            "message/rfc822",
            "multipart/mixed"
        ]
    );
    let parts: Vec<PartId> = built.parts().collect();
    assert_eq!(built.part_text(parts[2]).as_deref(), Some("größer"));
    assert_eq!(built.content_type(parts[2]).transfer_encoding(), TransferEncoding::Base64);
    assert_eq!(built.content_type(parts[3]).transfer_encoding(), TransferEncoding::QuotedPrintable);
    assert_eq!(built.content_type(parts[4]).filename.as_deref(), Some("liste.csv"));
    assert_eq!(built.part_header_values(parts[4], b"x-two"), [b"2"]);
    assert_eq!(&built.part_body(parts[5])[..], MIXED.as_bytes());

    let forwarded = message(MIXED).forward("f@example.com", "t@example.com", "see below", None, None, 2);
    assert_eq!(forwarded.header_values(b"Subject"), [b"Fwd:"]);
    assert_eq!(types(&forwarded)[..3], ["multipart/mixed", "text/plain", "message/rfc822"]);
}

#[test]
fn boundaries_are_new() {
    let mut message = message(MIXED);
    let first = message.make_boundary(&[], 3);
    assert_eq!(first, message.make_boundary(&[], 3));
    message.set_header(b"X-Boundary", [first.as_slice()], HeaderMode::Append);
    assert_ne!(first, message.make_boundary(&[], 3));
}

/// A message with bytes replaced, taken out or doubled.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(&b"\r\n"[..]),
        Just(&b"\n"[..]),
        Just(&b"--b 1"[..]),
        Just(&b"--b"[..]),
        Just(&b"--"[..]),
        Just(&b"Content-Type: multipart/digest; boundary=b\r\n"[..]),
        Just(&b"\xff\0"[..]),
        Just(&b"=?utf-8?q?"[..]),
        Just(&b""[..]),
    ];
    prop::collection::vec((0..MIXED.len(), 0..40_usize, piece), 0..6).prop_map(|changes| {
        let mut bytes = MIXED.as_bytes().to_vec();
        for (at, length, new) in changes {
            let start = at.min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new.iter().copied());
        }
        bytes
    })
}

proptest! {
    #[test]
    fn any_message_survives_and_can_be_read(bytes in mutated()) {
        let message = Message::from_bytes(bytes.clone());
        prop_assert_eq!(&message.to_bytes()[..], &bytes[..]);
        for part in message.parts() {
            message.content_type(part);
            message.part_text(part);
            for field in message.part_headers(part).iter() {
                words::decode_words(&field.value());
                parse_addresses(field.folded_value());
            }
        }
        dsn::read(&message);
    }

    #[test]
    fn any_change_leaves_a_message_that_reads_the_same_again(
        bytes in mutated(),
        changes in prop::collection::vec((0..8_u8, any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..6),
    ) {
        let mut message = Message::from_bytes(bytes);
        for (kind, first, second) in changes {
            let parts: Vec<PartId> = message.parts().collect();
            let (first, second) = (parts[first.index(parts.len())], parts[second.index(parts.len())]);
            let _ = match kind {
                0 => message.unlink(first),
                1 => message.add_first_child(first, second),
                2 => message.insert_after(first, second),
                3 => {
                    let new = message.make_container(b"multipart/mixed", b"newly made");
                    message.add_last_child(first, new)
                }
                4 => {
                    message.edit_part_text(first, "ein größerer Text");
                    Ok(())
                }
                5 => {
                    message.set_part_header(first, b"Content-Type", [&b"text/plain"[..]], HeaderMode::Replace);
                    Ok(())
                }
                6 => {
                    message.set_part_bytes(first, message.part_bytes(second));
                    Ok(())
                }
                _ => {
                    message.set_top(first);
                    Ok(())
                }
            };
        }
        let bytes = message.to_bytes();
        prop_assert_eq!(Message::from_bytes(bytes.clone()).to_bytes(), bytes);
    }
}
