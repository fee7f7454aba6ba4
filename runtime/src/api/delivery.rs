//! What policy asks while a message is delivered over HTTP: `msys.delivery`, `msys.httpclnt`, `msys.gcm`.

use mlua::Value;

use super::Registry;
use super::expand_macro::Subject;

pub(super) fn register(api: &mut Registry) {
    api.function("msys.delivery.ob_get_current_message", |call, _: Value| {
        Ok(call.part::<Subject>().borrow().message.clone())
    });
    api.function("msys.httpclnt.http_status_classifier", |call, status: f64| {
        let outcome = if (200.0..300.0).contains(&status) { "SUCCESS" } else { "PERMFAILED" };
        Ok(call.constant(&format!("msys.delivery.DELIVERY_{outcome}")))
    });
    api.function("msys.gcm.gcm_get_result_error_code", |call, error: String| {
        let name = match error.as_str() {
            "" => "NO_ERROR",
            "Unavailable" => "UNAVAILABLE",
            "MissingRegistration" => "MISSING_REGISTRATION",
            "InvalidRegistration" => "INVALID_REGISTRATION",
            "MismatchSenderId" => "MISMATCH_SENDER_ID",
            "NotRegistered" => "NOT_REGISTERED",
            "MessageTooBig" => "MESSAGE_TOO_BIG",
            "InvalidDataKey" => "INVALID_DATA_KEY",
            "InvalidTtl" => "INVALID_TTL",
            "InternalServerError" => "INTERNAL_SERVER_ERROR",
            "InvalidPackageName" => "INVALID_PACKAGE_NAME",
            _ => "UNKNOWN",
        };
        Ok(call.constant(&format!("msys.gcm.GCM_{name}")))
    });
}

#[cfg(test)]
mod tests {
    use crate::api::tested::state;

    #[test]
    fn statuses_and_errors_are_classified() {
        let said: bool = state().eval(
            "local d, h, g = require('msys.delivery'), require('msys.httpclnt'), require('msys.gcm')\n\
             return h.http_status_classifier(204) == d.DELIVERY_SUCCESS and h.http_status_classifier(500) == d.DELIVERY_PERMFAILED\n\
               and g.gcm_get_result_error_code('NotRegistered') == g.GCM_NOT_REGISTERED and g.gcm_get_result_error_code('x') == g.GCM_UNKNOWN",
        );
        assert!(said);
        assert!(state().eval::<bool>(
            "require('msys.delivery')\n return msys.delivery.ob_get_current_message({}) == nil"
        ));
    }
}
