#include "TrapReport.h"
