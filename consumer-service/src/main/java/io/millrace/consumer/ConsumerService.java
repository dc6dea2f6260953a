package io.millrace.consumer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
final class ConsumerService {
    static void main(String[] args) {
        SpringApplication.run(ConsumerService.class, args);
    }
}
