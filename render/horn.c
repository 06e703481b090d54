/* Two tones a minor third apart with their overtones, as a tram's horn has, swelling and dying within thirty
   milliseconds. What is heard is queued a little ahead, frame by frame: no thread of ours. */
#include "render/horn.h"

#include <SDL.h>
#include <math.h>

enum { RATE = 22050, CHUNK = 512 };
#define LOW_TONE 311.0  /* Hz */
#define HIGH_TONE 370.0
#define AHEAD 0.12f     /* s that are queued */
#define SWELL 0.03f     /* s */
#define LOUD 0.16f      /* of full scale, each tone */

static struct {
    SDL_AudioDeviceID device;
    int tried;
    double time; /* s, of the tones */
    float level; /* 0..1 */
} horn;

static void open_loudspeaker(void)
{
    horn.tried = 1;
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return;
    const SDL_AudioSpec wanted = {.freq = RATE, .format = AUDIO_F32SYS, .channels = 1, .samples = 1024};
    horn.device = SDL_OpenAudioDevice(NULL, 0, &wanted, NULL, 0);
    if (horn.device) SDL_PauseAudioDevice(horn.device, 0);
}

static float tone(double frequency)
{
    double a = 6.283185307179586 * frequency * horn.time;
    return (float)(sin(a) + 0.45 * sin(2.0 * a) + 0.25 * sin(3.0 * a));
}

static void queue_chunk(int on)
{
    float samples[CHUNK];
    for (int i = 0; i < CHUNK; i++) {
        horn.level = fminf(fmaxf(horn.level + (on ? 1.0f : -1.0f) / (SWELL * RATE), 0.0f), 1.0f);
        horn.time += 1.0 / RATE;
        samples[i] = LOUD * horn.level * (tone(LOW_TONE) + tone(HIGH_TONE));
    }
    SDL_QueueAudio(horn.device, samples, sizeof samples);
}

void horn_sound(int on)
{
    if (on && !horn.tried) open_loudspeaker();
    if (!horn.device) return;
    const Uint32 ahead = (Uint32)(AHEAD * RATE) * (Uint32)sizeof(float);
    while ((on || horn.level > 0.0f) && SDL_GetQueuedAudioSize(horn.device) < ahead) queue_chunk(on);
}

void horn_close(void)
{
    if (horn.device) SDL_CloseAudioDevice(horn.device);
    horn.device = 0;
    horn.tried = 0;
    horn.level = 0.0f;
}
