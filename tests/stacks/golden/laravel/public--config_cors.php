<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    'allowed_origins' => ['*'],
    'allowed_origins_patterns' => [],
    'allowed_headers' => ['x-token'],
    'exposed_headers' => ['x-total'],
    'max_age' => 3600,
    'supports_credentials' => false,
];
