/* Hooks of the module that generates messages from HTTP transmissions. */

/**
 * Runs for each message that was generated from a transmission over HTTP, before its binding is chosen: the
 * place to change messages that do not arrive by SMTP, for which no `validate_data_spool*` runs.
 *
 * @hook msg_gen
 * @param mess The generated message.
 * @since 4=4.0
 * @thread any
 * @trap A message that is rejected here is not shown as a rejection in the web interface.
 * @page momentum/4/hooks/msg-gen-data-spool
 */
void msg_gen_data_spool(ec_message *mess);
