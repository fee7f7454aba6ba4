//! Files of rbldnsd (its data set `ip4set`, and IPv6 addresses as Momentum reads them).
//!
//! A line is an address, a block, a prefix of octets or a range, then the answer: `:127.0.0.2:text`, or a text alone.
//! A line that begins with `:` says what holds for those that have no answer, `!` takes addresses out, `#` and `;`
//! begin comments, and `$` directives that have no meaning here.

use std::net::IpAddr;

use super::blocks::{Blocks, Found};
use crate::network::Block;

/// The answer where a file gives none.
const USUAL: &str = "127.0.0.2";

/// How many problems are told of a file.
const MOST: usize = 10;

/// The blocks of a file with their address records, or with their texts; and what is wrong with it.
pub(super) fn read(text: &str, texts: bool) -> (Blocks, Vec<String>) {
    let mut blocks = Blocks::default();
    let mut problems = Vec::new();
    let mut usual = (USUAL.to_owned(), String::new());
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';', '$']) {
            continue;
        }
        if line.starts_with(':') {
            usual = answer(line, &(USUAL.to_owned(), String::new()));
            continue;
        }
        let (excluded, line) = match line.strip_prefix('!') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, line),
        };
        let (subject, rest) = parts(line);
        let found = if excluded {
            Found::Excluded
        } else {
            let (record, text) = answer(rest, &usual);
            Found::Value(Some(if texts { text } else { record }))
        };
        if add(&mut blocks, subject, &found).is_none() && problems.len() < MOST {
            let why = if subject.contains(':') && subject.contains('-') {
                "ranges of IPv6 addresses are not read"
            } else {
                "this is no address, block or range"
            };
            problems.push(format!("line {}: `{subject}`: {why}", number + 1));
        }
    }
    (blocks, problems)
}

/// The addresses of a line, and what follows. A colon ends IPv4 addresses; behind IPv6 addresses a blank has to come
/// first.
fn parts(line: &str) -> (&str, &str) {
    let blank = line.find(char::is_whitespace).unwrap_or(line.len());
    let word = line.get(..blank).unwrap_or_default();
    let end = match word.find(':') {
        Some(colon)
            if word.bytes().take(colon).all(|byte| byte.is_ascii_digit() || b"./-".contains(&byte))
                && word.get(..colon).is_some_and(|subject| subject.contains('.')) =>
        {
            colon
        }
        _ => blank,
    };
    line.split_at_checked(end).map_or((line, ""), |(subject, rest)| (subject, rest.trim()))
}

/// Record and text; what is left out is the usual one. `:3:` is short for 127.0.0.3.
fn answer(rest: &str, usual: &(String, String)) -> (String, String) {
    let rest = rest.trim();
    let Some(rest) = rest.strip_prefix(':') else {
        let text = if rest.is_empty() { usual.1.clone() } else { rest.to_owned() };
        return (usual.0.clone(), text);
    };
    let (record, text) = rest.split_once(':').unwrap_or((rest, ""));
    let record = match record.trim() {
        "" => usual.0.clone(),
        record if record.bytes().all(|byte| byte.is_ascii_digit()) => format!("127.0.0.{record}"),
        record => record.to_owned(),
    };
    let text = if text.trim().is_empty() { usual.1.clone() } else { text.trim().to_owned() };
    (record, text)
}

fn add(blocks: &mut Blocks, subject: &str, found: &Found) -> Option<()> {
    if let Some((first, last)) = subject.split_once('-') {
        let first = octets(first)?;
        let start = number(&first, 0);
        let last = octets(last)?;
        // `192.0.2.1-9`: the last octet alone.
        let end = if let ([last], [.., _]) = (&last[..], &first[..]) {
            let mut all = first.clone();
            *all.last_mut()? = *last;
            number(&all, 255)
        } else {
            number(&last, 255)
        };
        blocks.add_range(start, end, found);
        return Some(());
    }
    let (base, bits) = subject.split_once('/').map_or((subject, None), |(base, bits)| (base, Some(bits)));
    if let Some(octets) = octets(base) {
        let bits = match bits {
            Some(bits) => bits.parse().ok().filter(|bits| *bits <= 32)?,
            None => 8 * u32::try_from(octets.len()).ok()?,
        };
        let base = IpAddr::from(number(&octets, 0).to_be_bytes());
        blocks.add(Block { base, bits }, found.clone());
        return Some(());
    }
    blocks.add(subject.parse().ok()?, found.clone());
    Some(())
}

/// One to four octets.
fn octets(text: &str) -> Option<Vec<u8>> {
    let octets: Option<Vec<u8>> = text.split('.').map(|octet| octet.parse().ok()).collect();
    octets.filter(|octets| octets.len() <= 4)
}

fn number(octets: &[u8], rest: u8) -> u32 {
    let mut all = [rest; 4];
    all.iter_mut().zip(octets).for_each(|(place, octet)| *place = *octet);
    u32::from_be_bytes(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(file: &str, texts: bool, address: &str) -> Option<String> {
        match read(file, texts).0.find(address.parse().unwrap()) {
            Some(Found::Value(value)) => value.clone(),
            _ => None,
        }
    }

    #[test]
    fn lines_are_read() {
        let file = "$TTL 300\n; old\n10.0.0.1\n:5:Default\n10.1\n10.2.3.0/24:127.0.0.9:Own\n10.3.0.7 Just a text\n\
            10.4.0.250-10.4.1.5:7:\n10.5.5.5-9\n2001:db8:1::/48 :127.0.0.8:Six\n2001:db8:2::1\n";
        for (address, record, text) in [
            ("10.0.0.1", "127.0.0.2", ""),
            ("10.1.200.3", "127.0.0.5", "Default"),
            ("10.2.3.4", "127.0.0.9", "Own"),
            ("10.3.0.7", "127.0.0.5", "Just a text"),
            ("10.4.1.5", "127.0.0.7", "Default"),
            ("10.5.5.9", "127.0.0.5", "Default"),
            ("2001:db8:1::5", "127.0.0.8", "Six"),
            ("2001:db8:2::1", "127.0.0.5", "Default"),
        ] {
            assert_eq!(asked(file, false, address).as_deref(), Some(record), "{address}");
            assert_eq!(asked(file, true, address).as_deref(), Some(text), "{address}");
        }
        assert_eq!(asked(file, false, "10.4.1.6"), None);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let (blocks, problems) = read("nonsense\n10.0.0.300\n2001:db8::1-2001:db8::9\n10.0.0.0/33\n", false);
        assert_eq!(blocks.len(), 0);
        assert_eq!(problems.len(), 4);
        assert_eq!(problems[2], "line 3: `2001:db8::1-2001:db8::9`: ranges of IPv6 addresses are not read");
        // Without the blank, the address swallows the answer: it is another address, or none.
        assert_eq!(read("1111::0000:127.0.0.2:x", false).1.len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "[0-9a-f:./! \n#;$-]{0,80}") {
            read(&text, true);
        }
    }
}
