//! The server that the policy runs on.

/// What functions say of the server.
#[derive(Debug)]
pub struct Server {
    /// Its name.
    pub hostname: String,
}

impl Default for Server {
    fn default() -> Self {
        Self { hostname: "mta.example.net".to_owned() }
    }
}
