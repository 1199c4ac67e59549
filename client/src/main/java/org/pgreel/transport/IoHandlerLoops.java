package org.pgreel.transport;

import io.netty.channel.EventLoopGroup;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Starts the event loops of Netty 4.2, {@code new MultiThreadIoEventLoopGroup(count, threads, handler.newFactory())},
 * by name, so that this module also compiles against and runs on Netty 4.1, which does not have them.
 */
final class IoHandlerLoops {
    private static final String GROUP = "io.netty.channel.MultiThreadIoEventLoopGroup";
    private static final String FACTORY = "io.netty.channel.IoHandlerFactory";

    private IoHandlerLoops() {}

    /** Returns the started loops, or empty on Netty 4.1. */
    static Optional<EventLoopGroup> start(int count, ThreadFactory threads, String handler, Class<?> origin) {
        ClassLoader loader = origin.getClassLoader();
        try {
            Class<?> group = Class.forName(GROUP, true, loader);
            Class<?> factory = Class.forName(FACTORY, true, loader);
            Object newHandlers =
                    Class.forName(handler, true, loader).getMethod("newFactory").invoke(null);
            return Optional.of((EventLoopGroup) group.getConstructor(int.class, ThreadFactory.class, factory)
                    .newInstance(count, threads, newHandlers));
        } catch (ClassNotFoundException netty41) {
            return Optional.empty();
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException("Netty's event loops could not be started", failed.getCause());
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("this version of Netty is not supported", changed);
        }
    }
}
