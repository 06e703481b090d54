/* Tyre property files (.tir) in the PAC2002 format: [SECTION], KEY = value $comment. */
#pragma once
#include "sim/io/load.h"
#include "sim/train/vehicle.h"

/* Fills the coefficients of a [tyre.NAME] from its file; what the section itself states wins. Mistakes go to the diag with
   the file's line, and the origins learn where each value stands. */
void tir_complete(Loaded *loaded, VehicleTyre *tyre);
