/* Versions. The program's own comes from the build. */
#pragma once

#ifndef ART_VERSION
#define ART_VERSION "unknown"
#endif

/* Part of every case id: raised with each change that moves results. */
#define ART_MODEL_VERSION "1"

#if defined(__clang__)
#define ART_COMPILER "clang " __clang_version__
#elif defined(__GNUC__)
#define ART_COMPILER "gcc " __VERSION__
#else
#define ART_COMPILER "unknown"
#endif
