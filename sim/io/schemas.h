/* The one place where the command line and the window meet the schemas and checks of the core. */
#pragma once
#include "sim/io/load.h"

extern const LoadKit art_kit;
