/** Pages for people and for build servers: what ran, and what came of it. It knows nothing of how things are run. */
@NullMarked
package org.pgreel.scenarios.report;

import org.jspecify.annotations.NullMarked;
