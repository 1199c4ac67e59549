package org.pgreel.tap;

import org.jspecify.annotations.Nullable;

/**
 * A tap that does nothing with what it hears, for those who want to hear a part: override what is of interest. Called as
 * {@link SessionTap} says.
 */
public class QuietTap implements SessionTap {

    /** Creates one. */
    protected QuietTap() {}

    @Override
    public void connectionOpened(int connection) {}

    @Override
    public void written(int connection, byte[] buffer, int from, int to) {}

    @Override
    public void read(int connection, byte[] buffer, int from, int to) {}

    @Override
    public void tlsRequested(int connection) {}

    @Override
    public void tlsEstablished(int connection, String protocol, String cipher) {}

    @Override
    public void tlsFailed(int connection, String kind) {}

    @Override
    public void callback(CallbackKind kind, String detail) {}

    @Override
    public void operationSubmitted(long id, String kind) {}

    @Override
    public void operationCompleted(long id, String outcome) {}

    @Override
    public void marker(String note) {}

    @Override
    public void connectionClosed(int connection, EndKind how, By by) {}

    @Override
    public void closed(By by, @Nullable EndKind how) {}
}
