/* Hooks of the common part of all delivery methods. */

/**
 * Runs just before a message is disposed of: delivered, failed for good, or deferred, by any delivery method.
 * The message context variables `VCTX_KEY_DLV_RESPONSE_STATUS` and `VCTX_KEY_DLV_RESPONSE_STATUS_DETAIL` hold
 * the protocol's status and its text; their values depend on `msg:get_delivery_method()`. Its typical use is
 * to send a failed message by another channel.
 *
 * @hook generic_delivery
 * @name generic_delivery_msg_dispose
 * @param msg The message whose fate is decided.
 * @result msys.delivery.DELIVERY_CONTINUE what the documentation's examples return
 * @result msys.delivery.DELIVERY_DONE the other documented constant
 * @ignored
 * @since 3=3.5.5 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-generic-delivery-msg-dispose
 */
int msg_dispose(void *closure, ec_message *msg);
