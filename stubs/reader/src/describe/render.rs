//! Descriptions as text for a terminal and as Markdown.

use std::fmt::Write;

use super::{Description, Row};

impl Description {
    /// For a terminal of that many columns; the backticks of Markdown are left out.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}  {}", self.name, self.kind);
        if !self.code.is_empty() || self.c.is_some() {
            out.push('\n');
        }
        for line in self.code.iter().chain(&self.c) {
            wrap(&mut out, line, width, "    ", "        ");
        }
        for paragraph in self.doc.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
            out.push('\n');
            if is_list(paragraph) {
                paragraph.lines().for_each(|line| wrap(&mut out, &plain(line), width, "", "  "));
            } else {
                wrap(&mut out, &plain(&paragraph.replace('\n', " ")), width, "", "");
            }
        }
        for section in &self.sections {
            let _ = writeln!(out, "\n{}", section.title);
            rows(&mut out, &section.rows, width);
        }
        if !self.facts.is_empty() {
            out.push('\n');
        }
        let label_width = self.facts.iter().map(|(label, _)| label.len()).max().unwrap_or(0) + 1;
        for (label, text) in &self.facts {
            let first = format!("{:label_width$}  ", format!("{label}:"));
            wrap(&mut out, &plain(text), width, &first, &" ".repeat(label_width + 2));
        }
        for trap in &self.traps {
            out.push('\n');
            wrap(&mut out, &plain(trap), width, "! ", "  ");
        }
        for correction in &self.corrections {
            out.push('\n');
            wrap(&mut out, &plain(correction), width, "Documentation: ", "  ");
        }
        if let Some(page) = &self.page {
            let _ = writeln!(out, "\nPage: {page}");
        }
        out
    }

    /// For a hover. `page_url` makes an address of a page's path.
    #[must_use]
    pub fn markdown(&self, page_url: &dyn Fn(&str) -> String) -> String {
        let mut out = String::new();
        if !self.code.is_empty() {
            let _ = writeln!(out, "```lua\n{}\n```", self.code.join("\n"));
        }
        if let Some(c) = &self.c {
            let _ = writeln!(out, "```c\n{c}\n```");
        }
        let _ = writeln!(out, "*{}*", self.kind);
        if !self.doc.is_empty() {
            let _ = writeln!(out, "\n{}", self.doc);
        }
        for section in &self.sections {
            let _ = writeln!(out, "\n**{}**", section.title);
            for row in &section.rows {
                let _ = writeln!(out, "- {}", markdown_row(row));
            }
        }
        if !self.facts.is_empty() {
            // Two blanks at a line's end break it.
            let facts: Vec<String> =
                self.facts.iter().map(|(label, text)| format!("**{label}** {text}")).collect();
            let _ = writeln!(out, "\n{}", facts.join("  \n"));
        }
        for trap in &self.traps {
            let _ = writeln!(out, "\n> ⚠ {trap}");
        }
        for correction in &self.corrections {
            let _ = writeln!(out, "\n> Documentation: {correction}");
        }
        if let Some(page) = &self.page {
            let _ = writeln!(out, "\n[{page}]({})", page_url(page));
        }
        out
    }
}

fn markdown_row(row: &Row) -> String {
    let mut parts: Vec<String> = [&row.name, &row.ty]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| format!("`{text}`"))
        .collect();
    if !row.doc.is_empty() {
        parts.push(format!("— {}", row.doc));
    }
    parts.join(" ")
}

/// Rows in columns; a name or type that is much wider than the others does not push them all to the right.
fn rows(out: &mut String, rows: &[Row], width: usize) {
    const WIDEST: usize = 32;
    let column = |text: fn(&Row) -> &String| {
        let counts = || rows.iter().map(|row| text(row).chars().count());
        counts()
            .filter(|count| *count <= WIDEST)
            .max()
            .filter(|widest| *widest > 0)
            .or_else(|| counts().max())
    };
    let names = column(|row| &row.name).unwrap_or(0);
    let types = column(|row| &row.ty).unwrap_or(0);
    for row in rows {
        let mut first = String::from("  ");
        if names > 0 {
            let _ = write!(first, "{:names$}  ", row.name);
        }
        if types > 0 {
            let _ = write!(first, "{:types$}  ", row.ty);
        }
        if row.doc.is_empty() {
            let _ = writeln!(out, "{}", first.trim_end());
            continue;
        }
        let indent = 2 + if names > 0 { names + 2 } else { 0 } + if types > 0 { types + 2 } else { 0 };
        let indent = indent.min(width / 2);
        if first.chars().count() > width / 2 {
            let _ = writeln!(out, "{}", first.trim_end());
            let spaces = " ".repeat(indent);
            wrap(out, &plain(&row.doc), width, &spaces, &spaces);
        } else {
            wrap(out, &plain(&row.doc), width, &first, &" ".repeat(indent));
        }
    }
}

fn is_list(paragraph: &str) -> bool {
    paragraph.lines().all(|line| line.trim_start().starts_with(['-', '*']) || line.starts_with("  "))
}

/// Markdown as it reads without marks.
fn plain(text: &str) -> String {
    text.replace('`', "")
}

/// Breaks a text at spaces so that its lines fit, with what each begins with.
fn wrap(out: &mut String, text: &str, width: usize, first: &str, rest: &str) {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > width.max(20) {
            let _ = writeln!(out, "{}", line.trim_end());
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    let _ = writeln!(out, "{}", line.trim_end());
}
