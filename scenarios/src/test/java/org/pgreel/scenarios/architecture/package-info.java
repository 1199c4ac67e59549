/** Tests of the house itself: its walls and its tidiness. They know every module and nothing of what a class does. */
@NullMarked
package org.pgreel.scenarios.architecture;

import org.jspecify.annotations.NullMarked;
