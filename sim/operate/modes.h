/* Grades of automation and modes of operation: who drives, and under what protection. */
#pragma once
#include "sim/base/param.h"

/* IEC 62290-1. */
typedef enum Grade {
    GRADE_ON_SIGHT,  /* GoA0, TOS: a driver on sight, no train protection */
    GRADE_MANUAL,    /* GoA1, NTO: a driver under the ATP */
    GRADE_SEMI,      /* GoA2, STO: the ATO drives, a driver watches from the cab */
    GRADE_DRIVERLESS, /* GoA3, DTO: the ATO drives, an attendant is on board */
    GRADE_UNATTENDED /* GoA4, UTO: nobody of the staff is on board */
} Grade;
extern const char *const grade_names[]; /* null-terminated */

typedef struct OperationSpec { /* [operation] */
    int32_t grade;         /* Grade */
    double on_sight_speed; /* m/s, cap of GoA0 */
} OperationSpec;
extern const ParamTable operation_table;
