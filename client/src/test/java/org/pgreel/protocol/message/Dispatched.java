package org.pgreel.protocol.message;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** Finds out which handler's method a message calls. */
final class Dispatched {
    private static final InvocationHandler NAME_OF_METHOD = (proxy, method, arguments) -> method.getName();

    private Dispatched() {}

    @SuppressWarnings("unchecked") // A proxy implements the raw interface; its methods return their names.
    static String nameOf(Message message) {
        if (message instanceof BackendMessage backend) {
            return backend.dispatch((BackendMessage.Handler<String>) handler(BackendMessage.Handler.class));
        }
        FrontendMessage frontend = (FrontendMessage) message;
        return frontend.dispatch((FrontendMessage.Handler<String>) handler(FrontendMessage.Handler.class));
    }

    private static Object handler(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, NAME_OF_METHOD);
    }
}
