package org.pgreel.scenarios.sweep;

import java.util.concurrent.CountDownLatch;
import org.pgreel.client.ConnectionFailureReason;
import org.pgreel.client.Notification;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.protocol.message.NoticeResponse;
import org.pgreel.protocol.message.ParameterStatus;
import org.pgreel.protocol.message.TransactionStatus;
import org.pgreel.scenarios.drive.Application;

/** Joins an application and its session at the first callback, on the session's own thread, and tells when it is over. */
final class FirstCallback implements SessionStatusNotify {
    private final Application application;
    private final SessionStatusNotify told;
    private final Plant plant;
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean began;

    FirstCallback(Application application, Plant plant) {
        this.application = application;
        this.told = plant.notify(application);
        this.plant = plant;
    }

    /** Is zero when pgSessionShutdown has come. */
    CountDownLatch over() {
        return over;
    }

    private SessionStatusNotify begin(Session session) {
        if (!began) {
            began = true;
            application.began(plant.session(session));
        }
        return told;
    }

    @Override
    public void pgSessionConnected(Session session) {
        begin(session).pgSessionConnected(session);
    }

    @Override
    public void pgSessionConnectionFailed(Session session, ConnectionFailureReason reason) {
        begin(session).pgSessionConnectionFailed(session, reason);
    }

    @Override
    public void pgSessionAuthenticated(Session session) {
        begin(session).pgSessionAuthenticated(session);
    }

    @Override
    public void pgTransactionStatus(Session session, TransactionStatus status) {
        begin(session).pgTransactionStatus(session, status);
    }

    @Override
    public void pgNotification(Session session, Notification notification) {
        begin(session).pgNotification(session, notification);
    }

    @Override
    public void pgNotice(Session session, NoticeResponse notice) {
        begin(session).pgNotice(session, notice);
    }

    @Override
    public void pgParameterStatus(Session session, ParameterStatus status) {
        begin(session).pgParameterStatus(session, status);
    }

    @Override
    public void pgSessionShutdown(Session session) {
        begin(session).pgSessionShutdown(session);
        over.countDown();
    }
}
