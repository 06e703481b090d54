/* The plant of one train: what its actuators, wheels, tyres and bodies do in one tick. Axes of cab A always: x
   forward towards cab A, y left; a train that runs towards cab B has negative vx. SI and radians.
   model (constant, made once) + state (everything that changes) + command + environment -> state, output. */
#pragma once
#include "sim/base/hash.h"
#include "sim/base/real.h"
#include "sim/train/model.h"

/* Where the energy went since the start, J. Each is the integral of its own power. */
typedef struct EnergyAccount {
    /* turned into heat */
    double motors, battery, auxiliaries, resistor; /* resistor: braking that the battery could not take */
    double brakes, rolling, tyres, air, hinges;    /* tyres: their slip, and the little that their carcasses hold */
    /* comes back */
    double grade, springs; /* work against gravity along the surface, and into hinge springs and stops */
    /* from outside */
    double charged, ideal; /* by chargers; what an ideal drive needed beyond the battery's limit */
    double boarded;        /* kinetic energy that came with passengers, less what left with them */
    double step;           /* what the step makes of its own in the modules' rotation: its first-order error */
    /* not part of the balance: what auxiliaries had to do without */
    double shed;
    /* electric, to and from the motors: not part of the balance, their losses are counted above */
    double traction, regenerated;
} EnergyAccount;

typedef enum SlipMode { SLIP_NOT_READ, SLIP_DRIVING, SLIP_BRAKING } SlipMode;

/* Slip control: one unit for the train, a valve and a torque interface each axle. */
typedef struct SlipControl {
    double cut[ART_AXLES_MAX];   /* 0..1, part of the demanded torque that is taken away */
    double speed[ART_AXLES_MAX]; /* m/s, as read last: braking of the wheel that slips most, driving the mean */
    double reference;            /* m/s, what the unit takes for the train's speed */
    double acceleration;         /* m/s2, its accelerometer: specific force along module 1 */
    double grade;                /* m/s2, by which wheels that adhere gain on the accelerometer */
    double best;                 /* m/s, of the wheel that slips least, at the last reading */
    double electric_cut;         /* 0..1, part of regeneration that is given up until the brakes are released */
    int32_t mode;              /* SlipMode of the last reading */
} SlipControl;

typedef struct TrainState {
    /* dynamics */
    double x, y, vx, vy; /* world, the train's centre of mass */
    double yaw[ART_MODULES_MAX], yaw_rate[ART_MODULES_MAX];
    double roll[ART_MODULES_MAX];      /* rad, of the body to its road, positive leans to the right */
    double roll_rate[ART_MODULES_MAX]; /* rad/s, the same against the world */
    double bank[ART_MODULES_MAX];      /* rad, of the road under the module */
    double roll_moment[ART_AXLES_MAX]; /* N m, lateral load transfer, positive loads the right wheel */
    double deflection[ART_AXLES_MAX];  /* rad, of the suspension in roll */
    double lift[ART_AXLES_MAX];        /* rad, of the axle across its road: positive has its left wheel in the air */
    double pitch_load[ART_MODULES_MAX], pitch_load_rate[ART_MODULES_MAX]; /* N m, longitudinal load transfer mode */
    /* wheels */
    double spin[ART_WHEELS_MAX];                           /* rad/s, positive rolls towards cab A */
    double slip_x[ART_WHEELS_MAX], slip_y[ART_WHEELS_MAX]; /* transient slips, signs of TyreContacts */
    double grip_x[ART_WHEELS_MAX], grip_y[ART_WHEELS_MAX]; /* 1 adhering .. 0 sliding, shortens the relaxation */
    double wheel_turn[ART_WHEELS_MAX];                     /* rad turned, for the picture and the encoders */
    /* actuators: steer is the actuator's angle, the wheels stand at steer + steer_play */
    double steer[ART_AXLES_MAX], steer_rate[ART_AXLES_MAX], steer_play[ART_AXLES_MAX];
    double steer_ring[TRAIN_DELAY_ROWS_MAX][ART_AXLES_MAX]; /* commands on their way */
    int32_t ring_head;
    double drive_force;   /* N, in the direction of travel, after its lag; negative regenerates */
    double hold_force;    /* N, the integral part of hold_speed */
    double brake_force;   /* N >= 0, friction brake applied */
    double parking_force; /* N >= 0, parking brake applied */
    double brake_wait;    /* s of the dead time passed */
    double emergency_wait;
    SlipControl slip_control;
    /* energy */
    int32_t tick;       /* counts, for the controllers' own rates */
    BatteryState battery;
    double motor_loss;    /* W, by force and speed, of the last tick */
    double motor_heat;    /* square of the load over the continuous load, after their warming */
    double auxiliary;     /* W */
    double pantograph;    /* 0 down .. 1 at the contact */
    double charging;      /* 0..1 of the charger's power, its ramp */
    double energy;        /* J used by motors and auxiliaries, less what the motors gave back */
    EnergyAccount account;
} TrainState;

typedef struct TrainCommand {
    double steer[ART_AXLES_MAX]; /* rad */
    double traction; /* N >= 0 at the wheels, in the direction of travel; without effect while brake > 0 */
    double brake;    /* N >= 0, total; the train blends regeneration and friction */
    int32_t direction;  /* +1 cab A leads, -1 cab B */
    int32_t emergency;  /* 1: emergency brake, friction alone, traction cut */
    int32_t parking;    /* 1: parking brake on all braked axles */
    double hold_speed;  /* m/s >= 0; used when hold_speed_on: an ideal longitudinal drive on the driven axles */
    int32_t hold_speed_on;
    int32_t torque_on;  /* 1: the torques below replace drive and service brake */
    double drive_torque[ART_AXLES_MAX]; /* Nm an axle, towards cab A positive */
    double brake_torque[ART_AXLES_MAX]; /* Nm >= 0 an axle, against the wheels' spin */
} TrainCommand;

typedef struct TrainEnvironment {
    double friction[ART_WHEELS_MAX];  /* road friction factor on the tyre's mu */
    double slope_x[ART_MODULES_MAX], slope_y[ART_MODULES_MAX]; /* m/s2 in world axes: gravity along the surface */
    double press_loss[ART_MODULES_MAX]; /* m/s2, by which gravity across the surface falls short of g */
    double bank[ART_MODULES_MAX];     /* rad, mean roll of the road under its axles, positive raises their left side */
    double lean[ART_AXLES_MAX];       /* rad, of the road under an axle, beyond its module's bank */
    double side_slope[ART_WHEELS_MAX]; /* of the road under a wheel, positive rises to the module's left */
    double wind_x[ART_MODULES_MAX], wind_y[ART_MODULES_MAX]; /* m/s, world */
    double temperature;               /* K, outside */
    double air;                       /* density of the air over TRAIN_AIR_DENSITY, less one */
    double charger;                   /* W, of the charger that the pantograph may reach now; 0 none */
} TrainEnvironment;

typedef struct TrainOutput { /* of the last step; not state */
    double module_x[ART_MODULES_MAX], module_y[ART_MODULES_MAX];   /* m, CG (of the empty module), after the step */
    double module_vx[ART_MODULES_MAX], module_vy[ART_MODULES_MAX]; /* m/s, body axes, after the step */
    double module_ax[ART_MODULES_MAX], module_ay[ART_MODULES_MAX]; /* m/s2, body axes, at the CG */
    double axle_x[ART_AXLES_MAX], axle_y[ART_AXLES_MAX];           /* m, world, after the step */
    double axle_steer[ART_AXLES_MAX];                              /* rad, mean angle of its wheels */
    double hinge_x[ART_HINGES_MAX], hinge_y[ART_HINGES_MAX];       /* m, world */
    double hinge_fx[ART_HINGES_MAX], hinge_fy[ART_HINGES_MAX];     /* N, of module N on N+1, body frame of N */
    double hinge_torque[ART_HINGES_MAX];                           /* Nm on module N+1; -this on module N */
    double module_air_x[ART_MODULES_MAX], module_air_y[ART_MODULES_MAX]; /* N, of the air, body axes */
    double wheel_fx[ART_WHEELS_MAX], wheel_fy[ART_WHEELS_MAX], wheel_fz[ART_WHEELS_MAX]; /* N, wheel axes */
    double wheel_friction_use[ART_WHEELS_MAX];
    double drive_power; /* W at the wheels */
    double used_power; /* W, of motors and auxiliaries, less what the motors give back */
    double battery_power; /* W at the terminals, positive drawn */
    double charger_power; /* W */
    double shed_power; /* W, that auxiliaries do without, as the battery cannot give it */
} TrainOutput;

/* Places the train at rest or rolling: CG of module 1, one yaw for each module, all wheels rolling at `speed`
   (along cab A's x; negative runs towards cab B). */
void train_state_init(const TrainModel *model, double x, double y, const double *yaw, double speed, TrainState *state);
/* Sets the motion of a placed train: CG of module 1 at (along, aside) m/s in its body axes, every module turning at
   yaw_rate; each wheel rolls freely at its own contact's speed. */
void train_state_move(const TrainModel *model, double along, double aside, double yaw_rate, TrainState *state);
/* Settles a placed train on its road, so that no suspension starts with a jolt. */
void train_state_stand(const TrainModel *model, const TrainEnvironment *environment, TrainState *state);
/* One tick: actuators, wheels and tyres, then the bodies. */
void train_step(const TrainModel *model, const TrainCommand *command, const TrainEnvironment *environment,
                TrainState *state, TrainOutput *output);
/* Poses of every body, axle and hinge from the state alone, as train_step leaves them in the output. */
void train_poses(const TrainModel *model, const TrainState *state, TrainOutput *output);
/* Feeds everything of the state that this model uses. */
void train_state_hash(const TrainModel *model, const TrainState *state, Hash *hash);
