/* C functions of dns_ds.h. */

/**
 * Returns the record of a destination domain.
 *
 * @param domain Name of the domain.
 * @result domain_record The record; it is made when the domain is new.
 * @nilcrash domain
 * @since 3=3.1 4=4.0
 * @seen
 * @thread scheduler
 * @fidelity modelled
 * @page momentum/3/3-api/apis-dns-get-domain
 */
domain_record *dns_get_domain(const char *domain);

/**
 * Adds a state of your own to the SMTP client, after a given one.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-register-smtp-client-state
 */
int register_smtp_client_state(smtp_state *state, int insert_after);
