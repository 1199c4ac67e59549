@NullMarked
package org.pgreel.scenarios.sweep;

import org.jspecify.annotations.NullMarked;
