/* C functions of misc/smtp_error_classify.h. */

/**
 * Classifies the text of an out-of-band bounce.
 *
 * @page momentum/3/3-api/apis-bounce-error-classify
 */
int bounce_error_classify(
    const char *body, int body_len, char **orig_rcpt, const char *ignorelist, message_id *mid);

/**
 * Classifies an out-of-band bounce message.
 *
 * @page momentum/3/3-api/apis-bounce-error-classify-2
 */
int bounce_error_classify2(ec_message *mess, char **orig_rcpt, const char *ignorelist, int limit);

/**
 * Classifies an SMTP reply; returns the number of the bounce class.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-smtp-error-classify
 */
int smtp_error_classify(const char *response, const char *domain, message_id *mid);

/**
 * As `smtp_error_classify`, for text of a given length.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-smtp-error-classify-len
 */
int smtp_error_classify_len(const char *response, int len, const char *domain, message_id *mid);

/**
 * Returns name and description of a bounce class.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smtp-error-for-id
 */
smtp_error_class *smtp_error_for_id(unsigned short smtp_error_type);

/**
 * Adds a bounce class.
 *
 * @thread any
 * @page momentum/3/3-api/apis-smtp-error-register-class
 */
void smtp_error_register_class(unsigned short class_code, const char *name, const char *desc);

/**
 * Reads name and description of a bounce class into buffers.
 *
 * @thread any
 * @fidelity modelled
 * @page momentum/3/3-api/apis-smtp-error-retrieve-class
 */
int smtp_error_retrieve_class(unsigned short class_code, char *name, int name_len, char *desc, int desc_len);
