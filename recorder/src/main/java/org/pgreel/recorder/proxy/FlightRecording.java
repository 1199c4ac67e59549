package org.pgreel.recorder.proxy;

import jdk.jfr.FlightRecorder;

/** Tells the JVM's flight recorder, whenever that asks, what one proxy has done so far. */
final class FlightRecording {

    private final Runnable hook;

    private FlightRecording(Runnable hook) {
        this.hook = hook;
    }

    /** Begins to answer for a proxy. */
    static FlightRecording of(RecordingProxy proxy) {
        Runnable hook = () -> ProxyStatisticsEvent.of(proxy.statistics()).commit();
        FlightRecorder.addPeriodicEvent(ProxyStatisticsEvent.class, hook);
        return new FlightRecording(hook);
    }

    /** Ends it. */
    void end() {
        FlightRecorder.removePeriodicEvent(hook);
    }
}
