/* C functions of spool.h. */

/**
 * Says whether the content of a message is in memory; fetches it if wanted.
 *
 * @page momentum/3/3-api/apis-ec-message-body-in-core
 */
int ec_message_body_in_core(ec_message *mess, int pull);

/**
 * Makes the file name of a message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-spool-ctx-construct-filename
 */
int ec_spool_ctx_construct_filename(ec_spool_ctx *ctx, message_id *id, char *filename);

/**
 * Makes a spool in a directory.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-spool-ctx-create
 */
ec_spool_ctx *ec_spool_ctx_create(const char *basedir);

/**
 * Lists the messages of a spool.
 *
 * @page momentum/3/3-api/apis-ec-spool-ctx-enum-messages
 */
int ec_spool_ctx_enum_messages(
    ec_spool_ctx *ctx, ec_hash_table *ht, ec_spool_ctx_insertion_func on_insert, void *closure);

/**
 * Opens a file of a spool, through its filters.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-spool-ctx-filter-open
 */
io_object *ec_spool_ctx_filter_open(
    ec_spool_ctx *ctx, ec_message *mess, int what, const char *filename, int options, int mode);

/**
 * Returns the directory of a spool.
 *
 * @page momentum/3/3-api/apis-ec-spool-ctx-get-spool-base
 */
const char *ec_spool_ctx_get_spool_base(ec_spool_ctx *ctx);

/**
 * Brings a message from a spool into the server's own.
 *
 * @page momentum/3/3-api/apis-ec-spool-ctx-import-message
 */
int ec_spool_ctx_import_message(ec_spool_ctx *src, message_id *id);

/**
 * Locks a spool.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-spool-ctx-lock
 */
int ec_spool_ctx_lock(ec_spool_ctx *ctx);

/**
 * Removes parts of a message from a spool.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-spool-ctx-remove-mid
 */
int ec_spool_ctx_remove_mid(ec_spool_ctx *ctx, message_id *mid, unsigned char part);

/**
 * Makes imported messages get new identifiers.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-spool-ctx-set-always-regenerate-message-ids
 */
void ec_spool_ctx_set_always_regenerate_message_ids(ec_spool_ctx *ctx, int on);

/**
 * Sets the seconds that a spool keeps messages.
 *
 * @page momentum/3/3-api/apis-ec-spool-ctx-set-max-retention
 */
void ec_spool_ctx_set_max_retention(ec_spool_ctx *ctx, int retention);

/**
 * Keeps a spool from adding trace headers.
 *
 * @page momentum/3/3-api/apis-ec-spool-ctx-set-suppress-trace-headers
 */
void ec_spool_ctx_set_suppress_trace_headers(ec_spool_ctx *ctx, int on);

/**
 * Reads a message from a spool.
 *
 * @page momentum/3/3-api/apis-ec-spool-ctx-spool-in
 */
ec_message *ec_spool_ctx_spool_in(ec_spool_ctx *ctx, message_id *id);

/**
 * Writes everything but the content of a message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-spool-ctx-swap-out-met
 */
int ec_spool_ctx_swap_out_met(ec_spool_ctx *ctx, message_id *mid, int force);

/**
 * Unlocks a spool; never do it with the server's own.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-spool-ctx-unlock
 */
int ec_spool_ctx_unlock(ec_spool_ctx *ctx);

/**
 * Older form of `ec_spool_in2`.
 *
 * @deprecated Use `ec_spool_in2`.
 * @page momentum/3/3-api/apis-ec-spool-in
 */
ec_message *ec_spool_in(message_id *id);

/**
 * Reads the metadata of a message from disk.
 *
 * @page momentum/3/3-api/apis-ec-spool-in-2
 */
int ec_spool_in2(message_id *id, ec_message **msg);

/**
 * Older form of `ec_spool_in2`.
 *
 * @deprecated Use `ec_spool_in2`.
 * @page momentum/3/3-api/apis-ec-spool-in-depfd
 */
ec_message *ec_spool_in_depfd(message_id *id, int depfd);

/**
 * Removes a message from the spool.
 *
 * @page momentum/3/3-api/apis-ec-swap-remove
 */
void ec_swap_remove(ec_message *mess);

/**
 * Removes the metadata of a message.
 *
 * @page momentum/3/3-api/apis-ec-swap-remove-meta
 */
void ec_swap_remove_meta(ec_message *mess);

/**
 * Returns how many messages are on disk.
 *
 * @thread any
 * @page momentum/3/3-api/apis-get-disk-queue-size
 */
int get_disk_queue_size(void);

/**
 * Returns the name of a message in the spool.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-get-spool-name-xml
 */
char *get_spool_name(message_id *mid);

/**
 * Writes the name of a message in the spool into a buffer.
 *
 * @thread any
 * @page momentum/3/3-api/apis-mid-to-spool-name-xml
 */
int mid_to_spool_name(message_id *mid, char *buffer);

/**
 * Writes a message identifier as text.
 *
 * @page momentum/3/3-api/apis-mid-to-string
 */
int mid_to_string(message_id *mid, ec_string *str);

/**
 * Gives how many messages on disk there are and how many were read.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-spool-disk-queue-state
 */
void spool_disk_queue_state(int *total, int *progress);

/**
 * Older form of `ec_spool_in2` for the old kind of message.
 *
 * @deprecated Use `ec_spool_in2`.
 * @page momentum/3/3-api/apis-spool-in
 */
email_message *spool_in(message_id *id);

/**
 * Older form of `ec_spool_in2` for the old kind of message.
 *
 * @deprecated Use `ec_spool_in2`.
 * @page momentum/3/3-api/apis-spool-in-depfd
 */
email_message *spool_in_depfd(message_id *id, int depfd);

/**
 * Reads a message identifier from a name in the spool.
 *
 * @thread any
 * @page momentum/3/3-api/apis-spool-name-to-mid
 */
int spool_name_to_mid(message_id *mid, const char *name);

/**
 * Writes several messages to disk.
 *
 * @thread any
 * @page momentum/3/3-api/apis-swap-out-multi
 */
int swap_out_multi(sp_async_message *head);
