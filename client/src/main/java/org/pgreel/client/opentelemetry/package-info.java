/**
 * Sessions as OpenTelemetry sees them. The library is optional: nothing here is loaded unless an application creates an
 * {@link org.pgreel.client.opentelemetry.OpenTelemetryObserver}.
 */
@NullMarked
package org.pgreel.client.opentelemetry;

import org.jspecify.annotations.NullMarked;
