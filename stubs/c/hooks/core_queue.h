/* Hooks of the message queues and of their upkeep. */

/**
 * Asked for a binding when a message is assigned to a binding group. Without a hook one is chosen at random,
 * of this node's own bindings first. It nearly always runs outside of the scheduler thread and must neither
 * block nor keep state that is not safe among threads; `validate_set_binding` is often the better place.
 *
 * @hook core
 * @name core_binding_group_choose_binding
 * @param msg The message.
 * @param binding_group Name of the binding group.
 * @result msys.core.EC_BINDING_SLOT_UNBOUND leave the choice to the server
 * @result integer number of the binding to assign
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-binding-group-choose-binding
 */
int binding_group_choose_binding(void *closure, ec_message *msg, const char *binding_group);

/**
 * Meant to run when a message was read from the spool, before it enters the queue in memory.
 *
 * @hook core
 * @name core_disk_queue_core_inject
 * @param em The message.
 * @since 3=3.0 4=4.0
 * @deprecated The page says that this hook is not supported at present.
 * @page momentum/3/3-api/hooks-core-disk-queue-core-inject
 */
void disk_queue_core_inject(void *closure, email_message *em);

/**
 * Asked, when a scheduler is chosen for a domain's queue upkeep, whether it must be the master scheduler.
 *
 * @hook core
 * @name core_domain_requires_master_scheduler
 * @param domain The domain.
 * @result 0 any scheduler will do
 * @result 1 the domain always belongs to the master scheduler
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-domain-requires-master-scheduler
 */
int domain_requires_master_scheduler(void *closure, const char *domain);

/**
 * Runs whenever a message is about to be queued. It may put the message elsewhere: then the message is the
 * hook's own, which must see to its end.
 *
 * @hook core
 * @param msg The message.
 * @param now Current time.
 * @result msys.core.EC_MESSAGE_ENQUEUE_HOOK_CONT go on: the next hook, then the queue
 * @result msys.core.EC_MESSAGE_ENQUEUE_HOOK_OK taken over: neither other hooks nor the queue see it, and the
 *   caller is told of success
 * @result msys.core.EC_MESSAGE_ENQUEUE_HOOK_ERR taken over: neither other hooks nor the queue see it, and the
 *   caller is told of failure
 * @result 0 what an example of the documentation returns to go on
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @trap Examples write the constants without a table; as globals they are nil.
 * @page momentum/3/3-api/hooks-core-ec-message-enqueue
 */
int core_ec_message_enqueue(void *closure, ec_message *msg, struct timeval *now);

/**
 * Asked when a message shall be tried again.
 *
 * @hook core
 * @param msg The message.
 * @param now Current time.
 * @param rv Set to 1 when the time was set, to 0 when that failed.
 * @result 0 the server's own time
 * @result 1 the hook has set the time
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @trap `rv` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-ec-message-set-next-attempt
 */
int core_ec_message_set_next_attempt(void *closure, ec_message *msg, struct timeval *now, int *rv);

/**
 * Asked how long and how often a message is tried, in place of the configuration.
 *
 * @hook core
 * @param am The message.
 * @param message_expiration Seconds until the message expires, as in `Message_Expiration`.
 * @param retry_interval Seconds before the first retry, as in `Retry_Interval`.
 * @param max_retries Number of retries, as in `Max_Retries`.
 * @result 0 the configured values hold
 * @result 1 one or more were set
 * @since 3=3.0 4=4.0
 * @thread any
 * @trap `message_expiration`, `retry_interval` and `max_retries` are C pointers; no page shows how Lua sets
 *   what they point to.
 * @page momentum/3/3-api/hooks-core-get-msg-expiration-params
 */
int core_get_msg_expiration_params(void *closure, abstract_message *am, time_t *message_expiration,
    time_t *retry_interval, int *max_retries);

/**
 * Asked for the next message to deliver over a connection. The first module that gives one is heard; when
 * none does, the connection goes idle or to another domain with the same mail exchanger.
 *
 * @hook core
 * @name core_mail_queue_get_next_active
 * @param dr Destination domain.
 * @param binding_slot Number of the binding.
 * @param connh The connection that will carry the message.
 * @result abstract_message the message to deliver
 * @result nil no message: the next module is asked
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-mail-queue-get-next-active
 */
abstract_message *mail_queue_get_next_active(void *closure, domain_record *dr, int binding_slot,
    connection_handle *connh);

/**
 * Runs when a message that is due moves from the delayed to the active queue.
 *
 * @hook core
 * @name core_mail_queue_insert_active
 * @param mq The domain's queues.
 * @param message The message.
 * @result 0 handled: no other hook is called
 * @result nonzero go on
 * @since 3=3.0 4=4.0
 * @trap A hook that keeps the message from its queue must return 0, else the server ends with an error.
 * @page momentum/3/3-api/hooks-core-mail-queue-insert-active
 */
int mail_queue_insert_active(void *closure, mail_queue *mq, abstract_message *message);

/**
 * Runs within the upkeep of a domain's queues, once for each binding. A hook that only watches returns 0.
 *
 * @hook core
 * @name core_mail_queue_maintain
 * @param dr Destination domain.
 * @param binding_slot Number of the binding that has messages.
 * @param sl Its active queue.
 * @param now Current time.
 * @param goalsz Number of connections that are wanted, when greater than 0.
 * @param reserve Number of connections, below the configured maximum, that must stay free.
 * @result 0 go on with the next hook and the server's own upkeep
 * @result nonzero no further hook runs
 * @since 3=3.0 4=4.0
 * @trap The C name has two more underscores: the page registers it as `core___mail_queue_maintain`, and Lua
 *   finds hooks by that name.
 * @page momentum/3/3-api/hooks-core-mail-queue-maintain
 */
int __mail_queue_maintain(void *closure, domain_record *dr, int binding_slot, Skiplist *sl, struct timeval *now,
    int goalsz, int reserve);

/**
 * `core_mail_queue_maintain` under the name by which the server registers it.
 *
 * @hook core
 * @param dr Destination domain.
 * @param binding_slot Number of the binding that has messages.
 * @param sl Its active queue.
 * @param now Current time.
 * @param goalsz Number of connections that are wanted, when greater than 0.
 * @param reserve Number of connections, below the configured maximum, that must stay free.
 * @result 0 go on with the next hook and the server's own upkeep
 * @result nonzero no further hook runs
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-mail-queue-maintain
 */
int core___mail_queue_maintain(void *closure, domain_record *dr, int binding_slot, Skiplist *sl, struct timeval *now,
    int goalsz, int reserve);

/**
 * Takes the place of the server's own upkeep of a domain's queues: it has to open the connections that are
 * needed, for all bindings.
 *
 * @hook core
 * @name core_mail_queue_maintain_domain
 * @param dr Destination domain.
 * @param now Current time.
 * @param rv Takes the number of connections that were opened.
 * @since 3=3.0 4=4.0
 * @trap Defining it switches the server's own upkeep off.
 * @trap `rv` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-mail-queue-maintain-domain
 */
void mail_queue_maintain_domain(void *closure, domain_record *dr, struct timeval *now, int *rv);

/**
 * Asked for the next message to deliver over a connection. The first module that gives one is heard; when
 * none does, the connection goes idle or to another domain with the same mail exchanger.
 *
 * @hook core
 * @name core_mailq_get_next_active
 * @param dr Destination domain.
 * @param binding_slot Number of the binding.
 * @param connh The connection that will carry the message.
 * @result ec_message the message to deliver
 * @result nil no message: the next module is asked
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-mailq-get-next-active
 */
ec_message *mailq_get_next_active(void *closure, domain_record *dr, int binding_slot, connection_handle *connh);

/**
 * Runs when a message that is due moves from the delayed to the active queue.
 *
 * @hook core
 * @param mq The domain's queues.
 * @param msg The message.
 * @result 0 handled: no other hook is called
 * @result nonzero go on
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @trap A hook that keeps the message from its queue must return 0, else the server ends with an error.
 * @page momentum/3/3-api/hooks-core-mailq-insert-active
 */
int core_mailq_insert_active(void *closure, mail_queue *mq, ec_message *msg);

/**
 * Runs as the last step of the upkeep of a domain's queues.
 *
 * @hook core
 * @name core_post_mail_queue_maintain_domain
 * @param dr Destination domain.
 * @param now Current time.
 * @param rv Holds the number of connections that were begun; another may be set.
 * @since 3=3.0 4=4.0
 * @trap `rv` is a C pointer; no page shows how Lua sets what it points to.
 * @page momentum/3/3-api/hooks-core-post-mail-queue-maintain-domain
 */
void post_mail_queue_maintain_domain(void *closure, domain_record *dr, struct timeval *now, int *rv);

/**
 * Runs as the first step of the upkeep of a domain's queues.
 *
 * @hook core
 * @name core_pre_mail_queue_maintain_domain
 * @param dr Destination domain.
 * @param now Current time.
 * @param rv Not used; it is there for likeness with `core_post_mail_queue_maintain_domain`.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-pre-mail-queue-maintain-domain
 */
void pre_mail_queue_maintain_domain(void *closure, domain_record *dr, struct timeval *now, int *rv);

/**
 * Runs after a failed delivery, just before the message is queued again.
 *
 * @hook core
 * @name core_pre_mail_queue_message_requeue
 * @param b The message.
 * @param c Current time.
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-pre-mail-queue-message-requeue
 */
void pre_mail_queue_message_requeue(void *closure, abstract_message *b, struct timeval *c);

/**
 * Runs after a failed delivery, just before the message is queued again: the place to look at the failure and
 * to send the message another way.
 *
 * @hook core
 * @param msg The message.
 * @param now Current time.
 * @since 3=3.0 4=4.0
 * @thread scheduler
 * @page momentum/3/3-api/hooks-core-pre-mailq-message-requeue
 */
void core_pre_mailq_message_requeue(void *closure, ec_message *msg, struct timeval *now);

/**
 * Runs to schedule the next upkeep of a queue, in place of the server's own rule: the time of the first
 * delayed message, at most `delayed_queue_scan_interval` seconds away.
 *
 * @hook core
 * @name core_set_delayed_queue_event
 * @param mq The domain's queues.
 * @param now Current time; may be nil.
 * @result 0 the server's own rule
 * @result nonzero the hook has scheduled it
 * @since 3=3.0 4=4.0
 * @page momentum/3/3-api/hooks-core-set-delayed-queue-event
 */
int set_delayed_queue_event(void *closure, mail_queue *mq, struct timeval *now);
