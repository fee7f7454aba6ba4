/* C functions of ec_message.h. */

/**
 * Adds a holder to a message.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-addref
 */
ec_message *ec_message_addref(ec_message *sm);

/**
 * Puts the parts of a message back together in memory, in the old form.
 *
 * @page momentum/3/3-api/apis-ec-message-assemble-to-legacy-email-message
 */
int ec_message_assemble_to_legacy_email_message(ec_message *messsg);

/**
 * Gives a message another domain record.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-message-assign-domain
 */
void ec_message_assign_domain(ec_message *mess, domain_record *dr);

/**
 * Gives a message the domain with that name and returns its record.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-message-assign-domain-by-name
 */
domain_record *ec_message_assign_domain_by_name(ec_message *mess, const char *domain_name);

/**
 * Returns the object that is attached to a message under a key.
 *
 * @param msg The message.
 * @param key Key, such as `msys.smpp.BLOB_KEY_MO_EMAIL_TEXT`.
 * @result ec_blobject The object; release it with `ec_blobject_delref`.
 * @result nil Nothing is attached under that key.
 * @nilcrash msg, key
 * @seen
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-blobject-get
 */
ec_blobject *ec_message_blobject_get(ec_message *msg, const char *key);

/**
 * Detaches the object with that key from a message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-blobject-remove
 */
int ec_message_blobject_remove(ec_message *msg, const char *key);

/**
 * Attaches an object to a message under a key.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-blobject-store
 */
void ec_message_blobject_store(ec_message *msg, const char *key, ec_blobject *obj);

/**
 * Opens a handle to which the content of a message can be written; blocks.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-builder
 */
io_object *ec_message_builder(ec_message *mess, size_t size_hint);

/**
 * Gives a message another binding.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-change-binding-slot
 */
void ec_message_change_binding_slot(ec_message *mess, ec_binding_slot newslot);

/**
 * Empties one of the contexts of a message.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-clean
 */
void ec_message_context_clean(ec_message *m, int w);

/**
 * Copies a context variable from one message to another.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-copy
 */
int ec_message_context_copy(ec_message *src, ec_message *dest, const char *ctx);

/**
 * Deletes a context variable of a message.
 *
 * @param m The message.
 * @param w Which context: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
 * @param k Name of the variable.
 * @result 1 It was deleted.
 * @result 0 It did not exist; the number 0 is true in Lua.
 * @nilcrash m, k
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-delete
 */
int ec_message_context_delete(ec_message *m, int w, const char *k);

/**
 * Drops the contexts from memory; they are read again when needed.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-context-discard
 */
void ec_message_context_discard(ec_message *mess);

/**
 * Says whether a message has a context variable.
 *
 * @param m The message.
 * @param w Which context: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
 * @param k Name of the variable.
 * @result 1 It exists.
 * @result 0 It does not; the number 0 is true in Lua.
 * @nilcrash m, k
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-exists
 */
int ec_message_context_exists(ec_message *m, int w, const char *k);

/**
 * Says whether a message has a context variable and gives its value.
 *
 * @param m The message.
 * @param w Which context: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
 * @param k Name of the variable.
 * @out v
 * @result 1 It exists; the second result is its value.
 * @result 0 It does not; the second result is nil. The number 0 is true in Lua.
 * @nilcrash m, k
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-exists-and-get
 */
int ec_message_context_exists_and_get(ec_message *m, int w, const char *k, const char **v);

/**
 * Returns the name of the first context variable, to walk over all of them.
 *
 * @param m The message.
 * @param w Which context: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
 * @result string Name of the first variable.
 * @result nil The context is empty.
 * @nilcrash m
 * @seen
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-firstkey
 */
const char *ec_message_context_firstkey(ec_message *m, int w);

/**
 * Returns a context variable of a message.
 *
 * @param m The message.
 * @param w Which context: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
 * @param k Name of the variable.
 * @result string Its value, always text; `""` when it does not exist.
 * @nilcrash m, k
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-get
 */
const char *ec_message_context_get(ec_message *m, int w, const char *k);

/**
 * Returns the name of the context variable after a given one.
 *
 * @param m The message.
 * @param w Which context: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
 * @param lk The name that came before.
 * @result string Name of the next variable.
 * @result nil There are no more.
 * @nilcrash m, lk
 * @seen
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-nextkey
 */
const char *ec_message_context_nextkey(ec_message *m, int w, const char *lk);

/**
 * Sets a context variable of a message.
 *
 * @param m The message.
 * @param w Which context: `msys.core.ECMESS_CTX_MESS` or `msys.core.ECMESS_CTX_CONN`.
 * @param k Name of the variable.
 * @param v Its value; text.
 * @nilcrash m, k, v
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-set
 */
int ec_message_context_set(ec_message *m, int w, const char *k, const char *v);

/**
 * Returns the size of one of the contexts of a message.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-context-size
 */
int ec_message_context_size(ec_message *m, int w);

/**
 * Makes a copy of a message.
 *
 * @param orig The message.
 * @result ec_message The copy.
 * @nilcrash orig
 * @seen
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-copy
 */
ec_message *ec_message_copy(ec_message *orig);

/**
 * Makes a reference to a message that becomes a copy when it is changed.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-cowref
 */
ec_message *ec_message_cowref(ec_message *sm);

/**
 * Decodes a part and writes it to a string in a character set.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-extract-part-to-string
 */
int ec_message_extract_part_to_string(ec_message_part *part, ec_string *str, const char *desired_charset);

/**
 * As `ec_message_extract_part_to_string`, with the settings of a pathway.
 *
 * @page momentum/3/3-api/apis-ec-message-extract-part-to-string-2
 */
int ec_message_extract_part_to_string2(
    ec_message_part *part, const char *pathway, ec_string *str, const char *desired_charset);

/**
 * Releases a message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-free
 */
void ec_message_free(ec_message *message);

/**
 * Returns a file descriptor of the content for mapping into memory.
 *
 * @page momentum/3/3-api/apis-ec-message-get-body-fd-for-mmap
 */
int ec_message_get_body_fd_for_mmap(ec_message *mess);

/**
 * Opens a handle on the content of a message.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-get-body-io-object
 */
io_object *ec_message_get_body_io_object(ec_message *mess);

/**
 * Returns the delivery status text of a message.
 *
 * @param mess The message.
 * @result string The status text; it begins with the reply code of the last attempt.
 * @nilcrash mess
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-code
 */
const char *ec_message_get_code(ec_message *mess);

/**
 * Returns how a message is delivered.
 *
 * @param mess The message.
 * @result string Name of the method, such as `gcm`.
 * @nilcrash mess
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-delivery-method
 */
const char *ec_message_get_delivery_method(ec_message *mess);

/**
 * Reads sender or recipient from the envelope into buffers.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-get-envelope
 */
int ec_message_get_envelope(
    ec_message *mess, int flags, char *localpart, int llen, char *domain, int dlen, int *isnull);

/**
 * Reads sender or recipient from the envelope into strings.
 *
 * @param mess The message.
 * @param flags `EC_MSG_ENV_FROM` or `EC_MSG_ENV_TO`, never both.
 * @param localpart Receives what is before the `@`; from `msys.core.string_new()`.
 * @param domain Receives what is behind the `@`; from `msys.core.string_new()`.
 * @out isnull
 * @nilcrash mess, localpart, domain
 * @trap In Lua the strings are changed in place: read them with `tostring` afterwards.
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-envelope-2
 */
int ec_message_get_envelope2(
    ec_message *mess, int flags, ec_string *localpart, ec_string *domain, int *isnull);

/**
 * Returns the top of the MIME tree of a message.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-first-part
 */
ec_message_part *ec_message_get_first_part(ec_message *mess, int headers_only);

/**
 * Returns the sender as the protocol gave it.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-mailfrom
 */
const char *ec_message_get_mailfrom(ec_message *mess);

/**
 * Returns the content of a message in memory.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-message-memory
 */
char *ec_message_get_message_memory(ec_message *mess);

/**
 * Returns the size of a message.
 *
 * @param mess The message.
 * @result integer Bytes, header included.
 * @nilcrash mess
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-message-size
 */
size_t ec_message_get_message_size(ec_message *mess);

/**
 * Returns the pathway of a message.
 *
 * @page momentum/3/3-api/apis-ec-message-get-pathway
 */
const char *ec_message_get_pathway(ec_message *mess);

/**
 * Returns the recipient as the protocol gave it.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-rcptto
 */
const char *ec_message_get_rcptto(ec_message *mess);

/**
 * Reads the routing domain of a message into a buffer.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-routing-domain
 */
int ec_message_get_routing_domain(ec_message *message, char *domain, int dlen);

/**
 * Reads the routing domain of a message into a string.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-get-routing-domain-2
 */
int ec_message_get_routing_domain2(ec_message *message, ec_string *domain);

/**
 * Says whether a message counts as large.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-is-large
 */
int ec_message_is_large(ec_message *msg);

/**
 * Says whether a message is a multi-channel container.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-is-mcmt
 */
int ec_message_is_mcmt(ec_message *msg);

/**
 * Locks a message against other threads.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-lock
 */
void ec_message_lock(ec_message *message);

/**
 * Completes a multi-channel container that a listener injected.
 *
 * @page momentum/3/3-api/apis-ec-message-mcmt-fixup
 */
int ec_message_mcmt_fixup(ec_message *msg);

/**
 * Makes an empty message.
 *
 * @param now Time at which it came in; nil for the present.
 * @result ec_message The message.
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-new
 */
ec_message *ec_message_new(struct timeval *now);

/**
 * Fills in the usual parser settings.
 *
 * @page momentum/3/3-api/apis-ec-message-parser-defaults
 */
void ec_message_parser_defaults(struct ec_message_parser_parameters *params);

/**
 * Fills in the parser settings of a pathway.
 *
 * @page momentum/3/3-api/apis-ec-message-parser-defaults-2
 */
void ec_message_parser_defaults2(const char *pathway, struct ec_message_parser_parameters *params);

/**
 * Returns the text of a parser error.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-parser-strerror
 */
const char *ec_message_parser_strerror(int err);

/**
 * Puts a part in front of the inner parts of another.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-part-add-child-first
 */
int ec_message_part_add_child_first(ec_message_part *parent, ec_message_part *child);

/**
 * Puts a part behind the inner parts of another.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-part-add-child-last
 */
int ec_message_part_add_child_last(ec_message_part *parent, ec_message_part *child);

/**
 * Writes a part to a new handle.
 *
 * @page momentum/3/3-api/apis-ec-message-part-copy-to-io-object
 */
io_object *ec_message_part_copy_to_io_object(ec_message_part *part, int flags);

/**
 * Makes a part that holds other parts.
 *
 * @page momentum/3/3-api/apis-ec-message-part-create-multipart
 */
ec_message_part *ec_message_part_create_multipart(const char *mimetype, const char *boundary);

/**
 * Makes a part with a body.
 *
 * @page momentum/3/3-api/apis-ec-message-part-create-singleton
 */
ec_message_part *ec_message_part_create_singleton(const char *mimetype, int encoding, io_object *body);

/**
 * Opens a handle that decodes a part into a character set.
 *
 * @page momentum/3/3-api/apis-ec-message-part-extract
 */
io_object *ec_message_part_extract(ec_message_part *part, const char *desired_charset);

/**
 * As `ec_message_part_extract`, with the settings of a pathway.
 *
 * @page momentum/3/3-api/apis-ec-message-part-extract-2
 */
io_object *ec_message_part_extract2(ec_message_part *part, const char *pathway, const char *desired_charset);

/**
 * Reads content type and character set of a part into buffers.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-part-get-content-type
 */
void ec_message_part_get_content_type(
    ec_message_part *p, char *content_type, int ct_len, char *charset, int charset_len);

/**
 * Reads content type and character set of a part into strings.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-part-get-content-type-2
 */
void ec_message_part_get_content_type2(ec_message_part *p, ec_string *content_type, ec_string *charset);

/**
 * As `ec_message_part_get_content_type`, with the settings of a pathway.
 *
 * @page momentum/3/3-api/apis-ec-message-part-get-content-type-3
 */
void ec_message_part_get_content_type3(
    ec_message_part *p, const char *pathway, char *content_type, int ct_len, char *charset, int charset_len);

/**
 * Puts a part behind another.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-part-insert-after
 */
int ec_message_part_insert_after(ec_message_part *toinsert, ec_message_part *insert_after);

/**
 * Puts a part in front of another.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-part-insert-before
 */
int ec_message_part_insert_before(ec_message_part *toinsert, ec_message_part *insert_before);

/**
 * Marks a part as changed.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-part-touch
 */
void ec_message_part_touch(ec_message_part *part, int what);

/**
 * Takes a part out of the MIME tree.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-part-unlink
 */
void ec_message_part_unlink(ec_message_part *part);

/**
 * Reads the metadata of a message from the spool again.
 *
 * @page momentum/3/3-api/apis-ec-message-refetch-meta
 */
int ec_message_refetch_meta(ec_message *msg);

/**
 * Replaces the message parser.
 *
 * @page momentum/3/3-api/apis-ec-message-register-parser
 */
int ec_message_register_parser(struct ec_message_parser *parser);

/**
 * Releases the handle on the content.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-release-body-io-object
 */
void ec_message_release_body_io_object(ec_message *mess);

/**
 * Writes the header of a message to a string.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-render-headers-to-string
 */
int ec_message_render_headers_to_string(ec_message *mess, ec_string *str, int flags);

/**
 * Writes the metadata of a message to a string.
 *
 * @page momentum/3/3-api/apis-ec-message-render-meta-to-string
 */
int ec_message_render_meta_to_string(ec_message *mess, ec_string *str, int flags);

/**
 * Writes the header of a part to a string.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-render-part-headers-to-string
 */
int ec_message_render_part_headers_to_string(ec_message_part *part, ec_string *str, int flags);

/**
 * Writes a part to a string.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-render-part-to-string
 */
int ec_message_render_part_to_string(ec_message_part *part, ec_string *str, int flags);

/**
 * Writes a message to a string; reads it from disk when needed.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-render-to-string
 */
int ec_message_render_to_string(ec_message *mess, ec_string *str, int flags);

/**
 * Copies the resources of one message to another.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-copy
 */
int ec_message_rsrc_copy(ec_message *src, ec_message *dest);

/**
 * Adds an empty resource to a message.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-create
 */
int ec_message_rsrc_create(ec_message *message, const char *name);

/**
 * Removes a resource from a message and frees it.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-destroy
 */
void ec_message_rsrc_destroy(ec_message *message, const char *name);

/**
 * Writes a resource to its store.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-flush
 */
int ec_message_rsrc_flush(ec_message *message, const char *name);

/**
 * Frees what a resource occupies.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-free
 */
void ec_message_rsrc_free(ec_message_resource *resource);

/**
 * Returns the handle of a resource, and its state.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-get
 */
io_object *ec_message_rsrc_get(ec_message *message, const char *name, int *state);

/**
 * Marks a resource as deleted.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-remove
 */
void ec_message_rsrc_remove(ec_message *message, const char *name);

/**
 * Makes a handle the content of a resource.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-set
 */
int ec_message_rsrc_set(ec_message *message, const char *name, io_object *io);

/**
 * Returns the state of a resource.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-state
 */
int ec_message_rsrc_state(ec_message *message, const char *name);

/**
 * Writes the resources of a message as text.
 *
 * @page momentum/3/3-api/apis-ec-message-rsrc-string
 */
void ec_message_rsrc_string(ec_message *message, ec_string *response, int flags);

/**
 * Makes a shared message independent of its other references.
 *
 * @page momentum/3/3-api/apis-ec-message-separate
 */
void ec_message_separate(ec_message *msg);

/**
 * Replaces the stored content of a message and corrects the accounting.
 *
 * @page momentum/3/3-api/apis-ec-message-set-object
 */
void ec_message_set__object(ec_message *mess, io_object *io);

/**
 * Sets the delivery status of a message.
 *
 * @param message The message.
 * @param code Reply code, such as 550.
 * @param codestr Text of the reply.
 * @nilcrash message, codestr
 * @seen
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-set-code
 */
int ec_message_set_code(ec_message *message, int code, const char *codestr);

/**
 * Sets sender or recipient in the envelope.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-set-envelope
 */
int ec_message_set_envelope(
    ec_message *mess, int flags, const char *localpart, int llen, const char *domain, int dlen);

/**
 * Replaces the top of the MIME tree.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-set-first-part
 */
void ec_message_set_first_part(ec_message *mess, ec_message_part *part);

/**
 * Sets the sender as the protocol writes it.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-set-mailfrom
 */
int ec_message_set_mailfrom(ec_message *mess, const char *str, int len, int take_buffer);

/**
 * Works out when delivery is tried next and notes it.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-set-next-attempt
 */
int ec_message_set_next_attempt(ec_message *mess, struct timeval *now);

/**
 * Gives a message the usual parser settings.
 *
 * @page momentum/3/3-api/apis-ec-message-set-parser-defaults
 */
void ec_message_set_parser_defaults(ec_message *mess);

/**
 * Sets the recipient as the protocol writes it.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-set-rcptto
 */
int ec_message_set_rcptto(ec_message *mess, const char *str, int len, int take_buffer);

/**
 * Says whether a message should leave memory.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-should-reduce-resources
 */
int ec_message_should_reduce_resources(ec_message *message);

/**
 * Makes a copy of a message that cannot change.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-snapshot
 */
ec_message *ec_message_snapshot(ec_message *orig);

/**
 * Reads the content of a message from disk.
 *
 * @page momentum/3/3-api/apis-ec-message-swap-in
 */
int ec_message_swap_in(ec_message *mess, int flags);

/**
 * Writes a message to disk.
 *
 * @page momentum/3/3-api/apis-ec-message-swap-out
 */
int ec_message_swap_out(ec_message *mess, ec_message *refs, int flags);

/**
 * Writes the metadata of a message to disk.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-swap-out-meta
 */
int ec_message_swap_out_meta(ec_message *mess, int force);

/**
 * Makes a message leave the disk with its last holder.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-unlink-on-free
 */
void ec_message_unlink_on_free(ec_message *mess);

/**
 * Undoes `ec_message_lock`.
 *
 * @thread any
 * @page momentum/3/3-api/apis-ec-message-unlock
 */
void ec_message_unlock(ec_message *message);
