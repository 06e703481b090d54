/* Grades of automation by IEC 62290-1. In GoA0 and GoA1 a driver drives ([manual]); GoA0 has no train protection, so a
   speed limiter holds the train to what a driver can stop from on sight. */
#include "sim/operate/modes.h"

const char *const grade_names[] = {"goa0", "goa1", "goa2", "goa3", "goa4", NULL};

static const ParamField fields[] = {
    PARAM_ROW_CHOICE(OperationSpec, grade, "grade", grade_names, GRADE_UNATTENDED, 0,
                     "grade of automation: goa0 on sight, goa1 manual under the ATP, goa2 semi-automated, goa3 driverless, "
                     "goa4 unattended",
                     "IEC 62290-1"),
    PARAM_ROW_REAL(OperationSpec, on_sight_speed, "on_sight_speed", "km/h", 25, 1, 80, 0,
                   "cap of goa0, where no train protection is in force", "[I]: stops in 30 m at 1.3 m/s2 and 1 s"),
};
const ParamTable operation_table = PARAM_TABLE(OperationSpec, fields, "grade of automation and who is on board");
