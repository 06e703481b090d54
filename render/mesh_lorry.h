/* Bodies of vehicles that are no trains: cars, lorries and what they draw. */
#pragma once
#include "render/mesh.h"
#include "sim/train/vehicle.h"

/* What a module looks like; told from the vehicle file: height, seats, steered axles. */
typedef enum VehicleLook { LOOK_TRAIN, LOOK_BUS, LOOK_CAR, LOOK_LORRY, LOOK_TRAILER, LOOK_DOLLY } VehicleLook;

VehicleLook vehicle_look(const Vehicle *vehicle, int module);
/* Body of LOOK_CAR .. LOOK_DOLLY in module axes; material plain, paint takes the instance's tint. */
void vehicle_body_mesh(const Vehicle *vehicle, int module, MeshBuilder *mesh);
