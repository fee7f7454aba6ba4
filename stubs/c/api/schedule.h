/* C functions of schedule.h. */

/**
 * Schedules an event.
 *
 * @thread scheduler
 * @page momentum/3/3-api/apis-schedule-event
 */
void schedule_event(Event *e);
