/* C functions of binding.h. */

/**
 * Says whether a binding has an address of the given family.
 *
 * @page momentum/3/3-api/apis-binding-address-family-matches
 */
int binding_address_family_matches(ec_binding_slot binding_slot, u_int8_t family);

/**
 * Picks a binding of the group for the message and returns its number.
 *
 * @fidelity modelled
 * @page momentum/3/3-api/apis-ec-message-select-binding-by-group
 */
ec_binding_slot ec_message_select_binding_by_group(ec_message *msg, const char *group);
