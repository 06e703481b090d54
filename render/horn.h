/* The horn of the shown train, heard where there is a loudspeaker. */
#pragma once

/* Once a frame: goes on sounding, or ends. Opens the loudspeaker when first needed; without one nothing happens. */
void horn_sound(int on);
void horn_close(void);
