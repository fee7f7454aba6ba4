/* C functions of esmtp_factory.h. */

/**
 * Frees an SMTP session.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-esmtp-destroy-message-construct
 */
void esmtp_destroy_message_construct(message_construct *info);

/**
 * Adds a command to the SMTP server.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-esmtp-extensions-register
 */
void esmtp_extensions_register(
    const char *command, ESMTPExtensionSetup s, ESMTPExtensionFunc f, void *closure);

/**
 * Drives the SMTP server's state machine.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-esmtp-message-factory
 */
int esmtp_message_factory(Event *event, int eventtype, void *vclosure, struct timeval *now);

/**
 * Returns the name of a state of the SMTP server.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-esmtp-message-factory-state
 */
const char *esmtp_message_factory_state(int state);
