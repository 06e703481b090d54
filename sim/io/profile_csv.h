/* Reads a drive profile: a CSV file whose first line names the columns
   time_s, speed_mps, axleN_steer_rad, axleN_drive_torque_nm, axleN_brake_torque_nm (time_s first, the rest in any choice). */
#pragma once
#include "sim/io/load.h"
#include "sim/world/profile.h"

/* Reads [drive] open_loop of a scenario whose vehicle is sound; without one, or where it names no file that may be read,
   the profile is empty. Returns 0 with messages in the diag; else the profile's arrays belong to the caller
   (profile_csv_free). */
int profile_csv_load(Loaded *loaded, Profile *profile);
/* The same of a file, for a vehicle of so many axles; `shown` is its name in messages. */
int profile_csv_read(const char *path, const char *shown, int axle_count, Diag *diag, Profile *profile);
void profile_csv_free(Profile *profile);
