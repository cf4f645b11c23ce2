<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['GET', 'HEAD', 'POST', 'PUT'],
    'allowed_origins' => ['capacitor://localhost', 'ionic://localhost', 'http://localhost', 'https://localhost'],
    'allowed_origins_patterns' => [],
    'allowed_headers' => ['x-token'],
    'exposed_headers' => [],
    'max_age' => null,
    'supports_credentials' => true,
];
