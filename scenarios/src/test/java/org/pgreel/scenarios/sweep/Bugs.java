package org.pgreel.scenarios.sweep;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.client.ConnectOptionsBuilder;
import org.pgreel.client.CopyReceiver;
import org.pgreel.client.Session;
import org.pgreel.client.SessionStatusNotify;
import org.pgreel.client.ShutdownReason;
import org.pgreel.protocol.wire.Bytes;
import org.pgreel.session.Effects;
import org.pgreel.session.Timer;

/** Bugs to be found: each breaks one invariant, and only where something goes wrong on the wire. */
final class Bugs {
    private Bugs() {}

    private interface Answer {
        @Nullable
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T around(Class<T> type, T inner, Answer answer) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return answer.to(method, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** A violation is told twice. */
    static Plant shutdownTwice() {
        return new Plant() {
            @Override
            public SessionStatusNotify notify(SessionStatusNotify application) {
                return around(SessionStatusNotify.class, application, (method, arguments) -> {
                    Object result = method.invoke(application, arguments);
                    boolean violated = method.getName().equals("pgSessionShutdown")
                            && ((Session) arguments[0]).shutdownReason().orElseThrow()
                                    instanceof ShutdownReason.ProtocolViolation;
                    return violated ? method.invoke(application, arguments) : result;
                });
            }
        };
    }

    /** An operation that a broken connection has cost is forgotten. */
    static Plant operationForgotten() {
        return new Plant() {
            @Override
            public Session session(Session session) {
                return around(Session.class, session, (method, arguments) -> {
                    Object result = method.invoke(session, arguments);
                    if (!method.getName().equals("query") || !(result instanceof CompletableFuture<?> future)) {
                        return result;
                    }
                    var kept = new CompletableFuture<Object>();
                    CompletableFuture<?> unused = future.whenComplete((value, failure) -> {
                        if (failure == null) {
                            kept.complete(value);
                        } else if (!String.valueOf(failure).contains("ConnectionLost")) {
                            kept.completeExceptionally(failure);
                        }
                    });
                    return kept;
                });
            }
        };
    }

    /** Behind a notice, an operation is given the answer of the one before it. */
    static Plant anothersAnswer() {
        return new Plant() {
            private boolean noticed;
            private @Nullable Object before;

            @Override
            public SessionStatusNotify notify(SessionStatusNotify application) {
                noticed = false;
                before = null;
                return around(SessionStatusNotify.class, application, (method, arguments) -> {
                    noticed |= method.getName().equals("pgNotice");
                    return method.invoke(application, arguments);
                });
            }

            @Override
            public Session session(Session session) {
                return around(Session.class, session, (method, arguments) -> {
                    Object result = method.invoke(session, arguments);
                    if (!method.getName().equals("query") || !(result instanceof CompletableFuture<?> future)) {
                        return result;
                    }
                    return future.thenApply(value -> {
                        Object given = noticed && before != null ? before : value;
                        before = value;
                        return given;
                    });
                });
            }
        };
    }

    /** What was copied comes once more when the connection is lost. */
    static Plant dataBehindTheEnd() {
        return new Plant() {
            private @Nullable CopyReceiver receiver;
            private @Nullable Bytes last;

            @Override
            public SessionStatusNotify notify(SessionStatusNotify application) {
                last = null;
                return around(SessionStatusNotify.class, application, (method, arguments) -> {
                    Object result = method.invoke(application, arguments);
                    boolean lost = method.getName().equals("pgSessionShutdown")
                            && ((Session) arguments[0]).shutdownReason().orElseThrow()
                                    instanceof ShutdownReason.ConnectionLost;
                    if (lost && last != null && receiver != null) {
                        receiver.data(last);
                    }
                    return result;
                });
            }

            @Override
            public Session session(Session session) {
                return around(Session.class, session, (method, arguments) -> {
                    if (method.getName().equals("copyOut") && arguments.length == 2) {
                        CopyReceiver told = (CopyReceiver) arguments[1];
                        receiver = told;
                        CopyReceiver keeping = data -> {
                            last = data;
                            told.data(data);
                        };
                        return session.copyOut((String) arguments[0], keeping);
                    }
                    return method.invoke(session, arguments);
                });
            }
        };
    }

    /** Nothing bounds the way to ready. */
    static Plant noTimeLimit() {
        return new Plant() {
            @Override
            public ConnectOptionsBuilder options(ConnectOptionsBuilder options) {
                return options.connectTimeout(Duration.ofDays(10))
                        .stallTimeout(Duration.ofDays(10))
                        .operationTimeout(Duration.ofDays(10));
            }
        };
    }

    /** A notice is not told. */
    static Plant noticeSwallowed() {
        return new Plant() {
            @Override
            public SessionStatusNotify notify(SessionStatusNotify application) {
                return around(
                        SessionStatusNotify.class,
                        application,
                        (method, arguments) ->
                                method.getName().equals("pgNotice") ? null : method.invoke(application, arguments));
            }
        };
    }

    /** The second notice of a session is not told. */
    static Plant secondNoticeSwallowed() {
        return new Plant() {
            @Override
            public SessionStatusNotify notify(SessionStatusNotify application) {
                int[] notices = new int[1];
                return around(
                        SessionStatusNotify.class,
                        application,
                        (method, arguments) -> method.getName().equals("pgNotice") && ++notices[0] == 2
                                ? null
                                : method.invoke(application, arguments));
            }
        };
    }

    /** When the server has announced the end, no timer is disarmed any more. */
    static Plant timerLeft() {
        return new Plant() {
            private boolean announced;

            @Override
            public Effects effects(Effects effects) {
                announced = false;
                return around(Effects.class, effects, (method, arguments) -> {
                    announced |= method.getName().equals("armTimer") && arguments[0] == Timer.END_OF_STREAM;
                    boolean kept = method.getName().equals("disarm") && announced;
                    return kept ? null : method.invoke(effects, arguments);
                });
            }
        };
    }

    /** Bytes that came alone are kept for ever, a page each. */
    static Plant bytesHoarded() {
        return new Plant() {
            private long turns;

            @Override
            public SessionStatusNotify notify(SessionStatusNotify application) {
                turns = 0;
                return application;
            }

            @Override
            public long held(long bytes) {
                turns += bytes > 0 ? 1 : 0;
                return bytes + (turns > 20 ? turns * 4096 : 0);
            }
        };
    }
}
