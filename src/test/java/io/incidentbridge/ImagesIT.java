package io.incidentbridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** After the build there is what the image is made of: that of the native executable, when that was built. */
class ImagesIT {

    @Test
    void shouldHaveMadeWhatTheImageCopies() {
        boolean isNative = Files.exists(Path.of(System.getProperty("native.image.path", "target/none")));
        String image = isNative ? "Dockerfile.native" : "Dockerfile.jvm";

        assertThat(ImagesTest.sources(Path.of("src/main/docker", image)).filter(source -> source.startsWith("target/")))
                .isNotEmpty()
                .allMatch(ImagesIT::exists);
    }

    private static boolean exists(String source) {
        if (source.endsWith("/")) {
            return Files.isDirectory(Path.of(source));
        }
        PathMatcher wanted = FileSystems.getDefault().getPathMatcher("glob:" + source);
        try (Stream<Path> files = Files.list(Path.of(source).getParent())) {
            return files.anyMatch(wanted::matches);
        } catch (IOException e) {
            return false;
        }
    }
}
