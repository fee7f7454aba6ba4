/* C functions of mail_queue.h. */

/**
 * Works out how many connections a binding and domain should have; used when no hook decides.
 *
 * @page momentum/3/3-api/apis-default-connection-goal
 */
void __default_connection_goal(domain_record *dr, ec_binding_slot binding_slot, Skiplist *sl, int *goal);

/**
 * Makes the queue of all domains on first use and returns it.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-get-global-mail-queue
 */
Skiplist *__get_global_mail_queue(void);

/**
 * Keeps the queue of a binding and domain going; used when no hook does.
 *
 * @page momentum/3/3-api/apis-mail-queue-maintain
 */
int __mail_queue_maintain(
    void *closure, domain_record *dr, ec_binding_slot binding_slot, Skiplist *sl, struct timeval *now,
    int goalsz, int reserve);

/**
 * Returns the next message to deliver over a connection; used when no hook chooses.
 *
 * @page momentum/3/3-api/apis-mailq-get-next-active
 */
ec_message *__mailq_get_next_active(
    domain_record *dr, ec_binding_slot binding_slot, connection_handle *connh);

/**
 * Keeps the queue of a domain going; used when no hook does.
 *
 * @page momentum/3/3-api/apis-mail-queue-maintain-domain
 */
int _mail_queue_maintain_domain(domain_record *dr, struct timeval *now, int goalsz, int reserve);

/**
 * Takes a message out of the queues and returns it; NULL when it is not queued.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-mailq-dequeue-live-message
 */
ec_message *ec_mailq_dequeue_live_message(message_id *mid);

/**
 * Queues several messages before any of them is worked on.
 *
 * @page momentum/3/3-api/apis-ec-mailq-enqueue-sam
 */
void ec_mailq_enqueue_sam(sp_async_message *head, struct timeval *now);

/**
 * Finds a queued message; NULL when it is not queued.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-mailq-find-live-message
 */
ec_message *ec_mailq_find_live_message(message_id *mid);

/**
 * Returns the delayed message that is due first.
 *
 * @page momentum/3/3-api/apis-ec-mailq-first-delayed
 */
ec_message *ec_mailq_first_delayed(mail_queue *mq);

/**
 * Finds a message of a domain and, if wanted, takes it out of the queue.
 *
 * @page momentum/3/3-api/apis-ec-mailq-get-mid
 */
ec_message *ec_mailq_get_mid(domain_record *dr, message_id *mid, int deqeue);

/**
 * Returns how many messages wait to be queued.
 *
 * @page momentum/3/3-api/apis-ec-mailq-get-pending-enqueues
 */
unsigned int ec_mailq_get_pending_enqueues(void);

/**
 * Puts a message into the active queue.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-mailq-insert-active
 */
void ec_mailq_insert_active(mail_queue *mq, ec_message *message);

/**
 * Queues a message again after an attempt.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-ec-mailq-message-requeue
 */
void ec_mailq_message_requeue(ec_message *message, struct timeval *now);

/**
 * Works out what later calculations of the next attempt need.
 *
 * @page momentum/3/3-api/apis-ec-mailq-set-next-attempt-prep-quick
 */
void ec_mailq_set_next_attempt_prep_quick(
    ec_binding_slot binding_slot, domain_record *dr, struct timeval *now, time_t *cdate_thresh,
    time_t *interval, int *max_times);

/**
 * Returns the active queue of a binding; makes it if wanted.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-mail-queue-active-queue-for-binding
 */
Skiplist *mail_queue_active_queue_for_binding(mail_queue *mq, int binding, int create);

/**
 * Moves the messages of a domain to the delayed queue.
 *
 * @param dr The domain, from `dns_get_domain`.
 * @param note Status text that the messages are given; C may write to it.
 * @nilcrash dr, note
 * @since 3=3.1 4=4.0
 * @seen
 * @thread scheduler
 * @page momentum/3/3-api/apis-mail-queue-delay-domain
 */
void mail_queue_delay_domain(domain_record *dr, char *note);

/**
 * Returns how many messages of a queue are delayed.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-mail-queue-delayed-size
 */
int mail_queue_delayed_size(mail_queue *queue);

/**
 * Fails all messages of a binding and domain with a status text.
 *
 * @keep quiet
 * @thread scheduler
 * @page momentum/3/3-api/apis-mail-queue-purge-domain-binding
 */
int mail_queue_purge_domain_binding(domain_record *dr, ec_binding_slot binding_slot, char *note, int quiet);

/**
 * Returns how many messages a queue holds.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-mail-queue-size
 */
int mail_queue_size(mail_queue *queue);

/**
 * Puts the messages of a delivery back into the active queue.
 *
 * @page momentum/3/3-api/apis-scheduler-active-queue-reinsert
 */
void scheduler_active_queue_reinsert(delivery_construct *dc, const char *domain);

/**
 * Cleans up after a connection.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-scheduler-close-connection
 */
void scheduler_close_connection(delivery_construct *dc, const char *domain);

/**
 * Uses a connection for the next message.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-scheduler-reuse-connection
 */
void scheduler_reuse_connection(delivery_construct *dc, const char *domain, Event *newe);

/**
 * Schedules the work on a queue's delayed messages.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-set-delayed-queue-event
 */
void set_delayed_queue_event(mail_queue *mq, struct timeval *now);
