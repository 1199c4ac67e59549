package org.pgreel.junit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.parallel.ResourceLocksProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Keeps the tests that share a class's server apart where JUnit runs tests in parallel. */
final class SharedServerLocks implements ResourceLocksProvider {
    @Override
    public Set<Lock> provideForMethod(List<Class<?>> enclosing, Class<?> testClass, Method testMethod) {
        if (ServerPlan.isPlanned(testMethod)) {
            return recording(testMethod).map(SharedServerLocks::of).orElse(Set.of());
        }
        if (ServerPlan.isPlanned(testClass)) {
            return Set.of(new Lock(key(testClass)));
        }
        for (int i = enclosing.size() - 1; i >= 0; i--) {
            if (ServerPlan.isPlanned(enclosing.get(i))) {
                return Set.of(new Lock(key(enclosing.get(i))));
            }
        }
        return Set.of();
    }

    private static Set<Lock> of(String recording) {
        return Set.of(new Lock(key(recording)));
    }

    private static Optional<String> recording(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Replay.class).map(Replay::value);
    }

    private static String key(Class<?> owner) {
        return recording(owner).map(SharedServerLocks::key).orElse("org.pgreel.junit:" + owner.getName());
    }

    private static String key(String recording) {
        return "org.pgreel.junit:recording " + recording;
    }
}
