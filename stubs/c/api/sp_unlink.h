/* C functions of sp_unlink.h. */

/**
 * Fails a message and removes it.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-async-fail
 */
void ec_async_fail(ec_message *vm, int force_async);

/**
 * Older form of `ec_async_fail`.
 *
 * @deprecated Use `ec_async_fail`.
 * @page momentum/3/3-api/apis-sp-async-fail
 */
void sp_async_fail(abstract_message *mess, int force_async);
