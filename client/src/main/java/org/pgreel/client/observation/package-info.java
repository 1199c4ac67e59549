/**
 * How an application watches sessions as an operator does: what connects, runs, fails and ends, and how long it took. By the
 * flight recorder of the Java virtual machine without any setting, by OpenTelemetry where that library is there.
 */
@NullMarked
package org.pgreel.client.observation;

import org.jspecify.annotations.NullMarked;
