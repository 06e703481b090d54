/* A drive profile: steer, torque and speed against time, for open-loop manoeuvres. Read from a CSV file by sim/io. */
#pragma once
#include <stdint.h>
#include "sim/base/limits.h"

enum { PROFILE_COLUMNS_MAX = 1 + 3 * ART_AXLES_MAX };

typedef enum ProfileKind { PROFILE_SPEED, PROFILE_STEER, PROFILE_DRIVE_TORQUE, PROFILE_BRAKE_TORQUE } ProfileKind;

typedef struct ProfileColumn {
    int32_t kind, axle; /* ProfileKind; axle from 0, in the order of the vehicle file */
} ProfileColumn;

/* Rows of equal length; times increase. */
typedef struct Profile {
    int32_t rows, columns;
    ProfileColumn column[PROFILE_COLUMNS_MAX];
    const double *time;   /* s, rows */
    const double *values; /* rows x columns, SI */
} Profile;

/* The values of every column at a time: linear between rows, the first held before and the last after. */
void profile_at(const Profile *profile, double time, double *values);
/* 1 when a column of that kind is there. */
int32_t profile_has(const Profile *profile, ProfileKind kind);
