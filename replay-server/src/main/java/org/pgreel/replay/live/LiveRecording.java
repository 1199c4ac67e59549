package org.pgreel.replay.live;

import org.pgreel.tap.WireTap;

/**
 * Where what no recording answers is asked, and where it is recorded.
 *
 * @param server the live server
 * @param recorder hears each client's runs there as a session of that client
 */
public record LiveRecording(LiveServer server, WireTap recorder) {}
